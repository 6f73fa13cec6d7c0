#!/usr/bin/env python3
"""Writes all-MiniLM-L6-v2 as an ONNX graph, fused by onnxruntime's own optimizer, for bench-embed.sh.

    bert_graph.py MODEL.safetensors OUT.onnx

Inputs: input_ids and attention_mask, int64 [batch, tokens]. Output: embeddings, float32 [batch, 384], of
norm 1. The graph is what PyTorch exports for BERT, with mean pooling and normalisation behind it.
"""
import json
import math
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, WIDTH, HEADS = 6, 384, 12


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            numbers = np.frombuffer(data[8 + size + begin : 8 + size + end], np.float32)
            tensors[name] = numbers.reshape(entry["shape"])
    return tensors


class Graph:
    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value, name=None):
        name = name or f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, operation, *inputs, **attributes):
        output = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], output, **attributes))
        return output

    def scalar(self, value):
        return self.constant(np.float32(value))

    def axes(self, *values):
        return self.constant(np.array(values, np.int64))


def build(tensors):
    g = Graph()

    def linear(x, name):
        weights = g.constant(tensors[name + ".weight"].T.copy(), name + ".weight")
        product = g.add("MatMul", x, weights)
        return g.add("Add", product, g.constant(tensors[name + ".bias"], name + ".bias"))

    def norm(x, name):
        scale = g.constant(tensors[name + ".weight"], name + ".weight")
        shift = g.constant(tensors[name + ".bias"], name + ".bias")
        return g.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def heads(x, order):
        parts = g.add("Reshape", x, g.axes(0, 0, HEADS, WIDTH // HEADS))
        return g.add("Transpose", parts, perm=order)

    # Sequences begin at position 0 and have one token type.
    shape = g.add("Shape", "input_ids")
    tokens = g.add("Gather", shape, g.constant(np.int64(1)), axis=0)
    count = g.add("Unsqueeze", tokens, g.axes(0))
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    positions = g.add("Slice", g.constant(places), g.axes(0), count, g.axes(0))
    words = g.add("Gather", g.constant(tensors["embeddings.word_embeddings.weight"]), "input_ids", axis=0)
    x = norm(g.add("Add", words, positions), "embeddings.LayerNorm")

    mask = g.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    wide = g.add("Unsqueeze", g.add("Unsqueeze", "attention_mask", g.axes(1)), g.axes(2))
    absent = g.add("Sub", g.scalar(1), g.add("Cast", wide, to=TensorProto.FLOAT))
    bias = g.add("Mul", absent, g.scalar(np.finfo(np.float32).min))

    for index in range(LAYERS):
        layer = f"encoder.layer.{index}."
        q = heads(linear(x, layer + "attention.self.query"), [0, 2, 1, 3])
        k = heads(linear(x, layer + "attention.self.key"), [0, 2, 3, 1])
        v = heads(linear(x, layer + "attention.self.value"), [0, 2, 1, 3])
        scores = g.add("Div", g.add("MatMul", q, k), g.scalar(math.sqrt(WIDTH // HEADS)))
        chances = g.add("Softmax", g.add("Add", scores, bias), axis=-1)
        context = g.add("Transpose", g.add("MatMul", chances, v), perm=[0, 2, 1, 3])
        context = g.add("Reshape", context, g.axes(0, 0, WIDTH))
        attended = g.add("Add", linear(context, layer + "attention.output.dense"), x)
        x = norm(attended, layer + "attention.output.LayerNorm")
        inner = linear(x, layer + "intermediate.dense")
        part = g.add("Add", g.add("Erf", g.add("Div", inner, g.scalar(math.sqrt(2)))), g.scalar(1))
        inner = g.add("Mul", g.add("Mul", inner, part), g.scalar(0.5))
        x = norm(g.add("Add", linear(inner, layer + "output.dense"), x), layer + "output.LayerNorm")

    # The sum has the direction of the mean, and only the direction is left in the end.
    present = g.add("Unsqueeze", mask, g.axes(1))
    total = g.add("Squeeze", g.add("MatMul", present, x), g.axes(1))
    g.nodes.append(helper.make_node("LpNormalization", [total], ["embeddings"], axis=-1, p=2))
    integers = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    floats = [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["batch", WIDTH])]
    graph = helper.make_graph(g.nodes, "minilm", integers, floats, g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def main():
    source, target = sys.argv[1:]
    onnx.save(build(read_safetensors(source)), target + ".plain")
    from onnxruntime.transformers import optimizer

    fused = optimizer.optimize_model(
        target + ".plain", model_type="bert", num_heads=HEADS, hidden_size=WIDTH, opt_level=0, use_gpu=False)
    fused.save_model_to_file(target)
    counts = {}
    for node in fused.model.graph.node:
        counts[node.op_type] = counts.get(node.op_type, 0) + 1
    print(" ".join(f"{name}:{count}" for name, count in sorted(counts.items())))
    if counts.get("Attention", 0) != LAYERS:
        sys.exit("bert_graph.py: onnxruntime's optimizer did not fuse attention, so the comparison would be unfair")


if __name__ == "__main__":
    main()
