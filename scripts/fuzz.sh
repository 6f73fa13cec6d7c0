#!/usr/bin/env bash
# Fuzzes the doors through which foreign bytes come in (Fuzz/Targets) with libFuzzer and AddressSanitizer.
#
#   scripts/fuzz.sh SECONDS [TARGET…]   so long on each target; without one on all
#
# Corpora stay in .build-fuzz/corpus and grow from run to run. An input that ends the program, takes longer than ten
# seconds or more than a gigabyte goes to .build-fuzz/findings/TARGET-…; once it is understood it belongs into
# Fuzz/Findings/TARGET, which make test reads.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:?how many seconds for each target?}
shift
build=$PWD/.build-fuzz
runtime=$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer_no_main-x86_64.a
if [[ ! -e $runtime ]]; then
  echo "SKIPPED: fuzz: this toolchain has no libFuzzer ($runtime)"
  exit 0
fi

FATHOM_FUZZ=1 swift build -c release --product fuzz --scratch-path "$build" --sanitize=address \
  -Xswiftc -sanitize-coverage=edge,indirect-calls,trace-cmp,inline-8bit-counters,pc-table \
  -Xcxx -fsanitize=fuzzer-no-link -Xcc -fsanitize=fuzzer-no-link \
  -Xlinker "$runtime" -Xlinker -lstdc++ 2>&1 | grep -v 'Cannot export local symbol' >&2
fuzz=$build/release/fuzz
# Swift's own report of a crash takes half a second, libFuzzer's says the same. A value that is shared is not leaked.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1

mapfile -t targets < <(if (($#)); then printf '%s\n' "$@"; else "$fuzz"; fi)
status=0
mkdir -p "$build/findings"
for target in "${targets[@]}"; do
  export FUZZ_TARGET=$target
  corpus=$build/corpus/$target
  mkdir -p "$corpus"
  "$fuzz" --seeds "$corpus"
  # libFuzzer refuses a list of words that is empty.
  words=()
  [[ -s $corpus.words ]] && words=(-dict="$corpus.words")
  log=$build/$target.log
  result=passed
  "$fuzz" "$corpus" "${words[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=3000 \
    -malloc_limit_mb=1000 -max_len=100000 -use_value_profile=1 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$target-" >"$log" 2>&1 || result=FAILED
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  peak=$(sed -n 's/^stat::peak_rss_mb: *//p' "$log")
  covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
  echo "fuzz: $target: ${runs:-0} runs, ${rate:-0} a second, ${covered:-0} edges," \
    "$(find "$corpus" -type f | wc -l) inputs, ${peak:-0} MB at most: $result"
  if [[ $result == FAILED ]]; then
    status=1
    grep -aE 'ERROR|Fatal error|SUMMARY|Test unit written' "$log" | head -5 >&2 || true
  fi
done
exit "$status"
