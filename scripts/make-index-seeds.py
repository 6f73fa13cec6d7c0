#!/usr/bin/env python3
"""Writes one small index file of every type that faiss can write, the seeds of the mutation test.

    make-index-seeds.py FOLDER      needs faiss-cpu 1.15.1 (pip install faiss-cpu==1.15.1)

Each file is FOLDER/NAME.faiss with 40 vectors of 16 dimensions (110 in two graphs).
The files are in Tests/Fixtures/index-seeds; run this again only for a type that is missing there.
"""
import os
import sys

import faiss
import numpy as np

D = 16
ROWS = np.random.default_rng(7).standard_normal((300, D)).astype("float32")
HELD = ROWS[:40]

FACTORY = {
    # name: (description for index_factory, metric)
    "flat_l2": ("Flat", faiss.METRIC_L2),
    "flat_ip": ("Flat", faiss.METRIC_INNER_PRODUCT),
    "idmap_flat": ("IDMap,Flat", faiss.METRIC_L2),
    "idmap2_flat": ("IDMap2,Flat", faiss.METRIC_L2),
    "idmap_hnsw": ("IDMap,HNSW4", faiss.METRIC_L2),
    "pca_flat": ("PCA8,Flat", faiss.METRIC_L2),
    "pcar_flat": ("PCAR8,Flat", faiss.METRIC_L2),
    "opq_pq": ("OPQ4_16,PQ4x4np", faiss.METRIC_L2),
    "l2norm_flat": ("L2norm,Flat", faiss.METRIC_INNER_PRODUCT),
    "rr_flat": ("RR16,Flat", faiss.METRIC_L2),
    "pad_flat": ("Pad20,Flat", faiss.METRIC_L2),
    "itq_lsh": ("ITQ8,LSHt", faiss.METRIC_L2),
    "lsh": ("LSHrt", faiss.METRIC_L2),
    "sq4": ("SQ4", faiss.METRIC_L2),
    "sq6": ("SQ6", faiss.METRIC_L2),
    "sq8": ("SQ8", faiss.METRIC_INNER_PRODUCT),
    "sqfp16": ("SQfp16", faiss.METRIC_L2),
    "sqbf16": ("SQbf16", faiss.METRIC_L2),
    "pq": ("PQ4x4np", faiss.METRIC_L2),
    "pq_polysemous": ("PQ4x4", faiss.METRIC_L2),
    "pqfs": ("PQ4x4fs", faiss.METRIC_L2),
    "hnsw_flat": ("HNSW4", faiss.METRIC_L2),
    "hnsw_sq8": ("HNSW4_SQ8", faiss.METRIC_L2),
    "hnsw_pq": ("HNSW4_PQ4np", faiss.METRIC_L2),
    "nsg": ("NSG6,Flat", faiss.METRIC_L2),
    "ivf_flat": ("IVF4,Flat", faiss.METRIC_L2),
    "ivf_flat_dedup": ("IVF4,FlatDedup", faiss.METRIC_L2),
    "ivf_hnsw_flat": ("IVF4_HNSW4,Flat", faiss.METRIC_L2),
    "ivf_sq8": ("IVF4,SQ8", faiss.METRIC_L2),
    "ivf_sqfp16": ("IVF4,SQfp16", faiss.METRIC_L2),
    "ivf_sqbf16": ("IVF4,SQbf16", faiss.METRIC_L2),
    "ivf_pq": ("IVF4,PQ4x4np", faiss.METRIC_L2),
    "ivf_pqr": ("IVF4,PQ4+4", faiss.METRIC_L2),
    "ivf_pqfs": ("IVF4,PQ4x4fs", faiss.METRIC_L2),
    "refine_flat": ("PQ4x4np,RFlat", faiss.METRIC_L2),
    "refine_sqfp16": ("PQ4x4fs,Refine(SQfp16)", faiss.METRIC_L2),
    "pca_ivf_sq8": ("PCA8,IVF4,SQ8", faiss.METRIC_L2),
    # Types that Fathom refuses by name; damaged, they must be refused as well.
    "rq": ("RQ2x4", faiss.METRIC_L2),
    "lsq": ("LSQ2x4", faiss.METRIC_L2),
    "prq": ("PRQ2x2x4", faiss.METRIC_L2),
    "rqfs": ("RQ2x4fs_Nrq2x4", faiss.METRIC_L2),
    "ivf_rq": ("IVF4,RQ2x4", faiss.METRIC_L2),
    "imi_flat": ("IMI2x2,Flat", faiss.METRIC_L2),
    "lattice": ("ZnLattice2x10_4", faiss.METRIC_L2),
    "hnsw_2level": ("HNSW4_2+PQ4", faiss.METRIC_L2),
    "rabitq": ("RaBitQ", faiss.METRIC_L2),
    "ivf_rabitq": ("IVF4,RaBitQ", faiss.METRIC_L2),
}


def by_hand():
    """What the factory does not make."""
    for name, metric in [("l1", faiss.METRIC_L1), ("linf", faiss.METRIC_Linf), ("canberra", faiss.METRIC_Canberra)]:
        yield f"flat_{name}", faiss.IndexFlat(D, metric)
    lp = faiss.IndexFlat(D, faiss.METRIC_Lp)
    lp.metric_arg = 3
    yield "flat_lp", lp
    for name, kind in [
        ("direct", faiss.ScalarQuantizer.QT_8bit_direct),
        ("direct_signed", faiss.ScalarQuantizer.QT_8bit_direct_signed),
        ("8bit_uniform", faiss.ScalarQuantizer.QT_8bit_uniform),
        ("4bit_uniform", faiss.ScalarQuantizer.QT_4bit_uniform),
    ]:
        yield f"sq_{name}", faiss.IndexScalarQuantizer(D, kind)
    yield "sqbf16_ip", faiss.IndexScalarQuantizer(D, faiss.ScalarQuantizer.QT_bf16, faiss.METRIC_INNER_PRODUCT)
    coarse = faiss.IndexFlatL2(D)
    spectral = faiss.IndexIVFSpectralHash(coarse, D, 4, 8, 2.0)
    spectral.own_fields = True
    coarse.this.disown()
    yield "ivf_spectral_hash", spectral
    yield "nndescent", faiss.IndexNNDescentFlat(D, 6)
    for name, kind in [("array", faiss.DirectMap.Array), ("hash", faiss.DirectMap.Hashtable)]:
        ivf = faiss.index_factory(D, "IVF4,Flat")
        ivf.train(ROWS)
        ivf.set_direct_map_type(kind)
        yield f"ivf_flat_map_{name}", ivf


def binary():
    bits = np.random.default_rng(8).integers(0, 256, (40, D // 8), dtype="uint8")
    for name, index in [
        ("binary_flat", faiss.IndexBinaryFlat(D)),
        ("binary_hnsw", faiss.IndexBinaryHNSW(D, 4)),
        ("binary_hash", faiss.IndexBinaryHash(D, 8)),
        ("binary_ivf", faiss.index_binary_factory(D, "BIVF2")),
    ]:
        index.train(bits)
        index.add(bits)
        yield name, index


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    made = [(name, faiss.index_factory(D, text, metric)) for name, (text, metric) in FACTORY.items()]
    for name, index in made + list(by_hand()):
        rows = HELD
        if "direct" in name:
            rows = np.round(HELD * 20 + (0 if "signed" in name else 120)).clip(-128 if "signed" in name else 0, 127)
        if hasattr(index, "nndescent"):
            index.nndescent.search_L = 8
        if name in ("nsg", "nndescent"):
            rows = ROWS[:110]  # they build no smaller graph
        index.train(rows if "direct" in name else ROWS)
        if name.startswith("idmap"):
            index.add_with_ids(rows, np.arange(1000, 1000 + len(rows)))
        else:
            index.add(rows)
        faiss.write_index(index, f"{folder}/{name}.faiss")
    for name, index in binary():
        faiss.write_index_binary(index, f"{folder}/{name}.faiss")
    # Lists in another file, by its name.
    lists = faiss.index_factory(D, "IVF4,Flat")
    lists.train(ROWS)
    lists.add(HELD)
    on_disk = faiss.OnDiskInvertedLists(lists.nlist, lists.code_size, f"{folder}/lists.tmp")
    on_disk.merge_from(faiss.extract_index_ivf(lists).invlists, 0)
    lists.replace_invlists(on_disk)
    faiss.write_index(lists, f"{folder}/ivf_flat_ondisk.faiss")
    os.remove(f"{folder}/lists.tmp")


main()
