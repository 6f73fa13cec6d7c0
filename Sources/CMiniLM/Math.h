// A power and GELU for the lanes defined before.

/// 2^-x for x >= -0.5, relative error below 2e-7; x above 126 counts as 126. Coefficients: exp2f of Cephes (Moshier).
INLINE lanes inverse_power_of_two(lanes x) {
  x = smaller(x, all(126));
  const lanes n = nearest(x), r = subtract(n, x);
  lanes p = all(1.535336188319500e-4f);
  p = fused(p, r, all(1.339887440266574e-3f));
  p = fused(p, r, all(9.618437357674640e-3f));
  p = fused(p, r, all(5.550332471162809e-2f));
  p = fused(p, r, all(2.402264791363012e-1f));
  p = fused(p, r, all(6.931472028550421e-1f));
  return scaled(fused(p, r, all(1)), subtract(all(0), n));
}

/// x Φ(x) with the error function's Φ, absolute error below 3e-7.
///
/// With h = |x| it is max(x, 0) - h Φ(-h). The polynomial is -log2 Φ(-h) on 0 ... 6, fitted so that the largest
/// error of h Φ(-h) is smallest (a linear program over 6,000 points: 1.5e-8 before rounding). Beyond 6 the term
/// is below 6e-9.
INLINE lanes gelu(lanes x) {
  const lanes h = smaller(magnitude(x), all(6));
  lanes p = all(1.963474460353609e-06f);
  p = fused(p, h, all(-2.8387163183651865e-05f));
  p = fused(p, h, all(0.00013042580394539982f));
  p = fused(p, h, all(0.00028381988522596657f));
  p = fused(p, h, all(-0.007279918063431978f));
  p = fused(p, h, all(0.05267529934644699f));
  p = fused(p, h, all(0.4591292440891266f));
  p = fused(p, h, all(1.1511214971542358f));
  p = fused(p, h, all(0.9999988675117493f));
  return subtract(larger(x, all(0)), multiply(h, inverse_power_of_two(p)));
}
