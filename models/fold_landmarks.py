"""Writes face_landmarks_folded.onnx: the same network as face_landmarks_detector.onnx, laid out so that it runs faster.

    pip install onnx numpy && python fold_landmarks.py face_landmarks_detector.onnx face_landmarks_folded.onnx

Two thirds of the network's time went into its 69 PRelu nodes, which ONNX Runtime computes slowly and only outside of the
blocked form in which its convolutions are fast. Here `prelu(x) = slope·x + (1 − slope)·relu(x)`: two convolutions by one
number per channel, which stay in blocks.
"""

import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper


def replace(node, slope, add_constant):
    """The nodes that stand for one PRelu."""
    source, result = node.input[0], node.output[0]
    channels = slope.size
    factors = {"straight": slope, "positive": 1 - slope}
    weights = {part: add_constant(f"{result}_{part}", f.reshape(channels, 1, 1, 1)) for part, f in factors.items()}
    settings = {"group": channels, "kernel_shape": [1, 1]}
    relu, positive, straight = f"{result}_relu", f"{result}_p", f"{result}_s"
    return [
        helper.make_node("Relu", [source], [relu], name=relu),
        helper.make_node("Conv", [relu, weights["positive"]], [positive], name=positive, **settings),
        helper.make_node("Conv", [source, weights["straight"]], [straight], name=straight, **settings),
        helper.make_node("Add", [positive, straight], [result], name=f"{result}_add"),
    ]


def main(source, target):
    model = onnx.load(source)
    graph = model.graph
    values = {t.name: numpy_helper.to_array(t) for t in graph.initializer}

    def add_constant(name, value):
        graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), name))
        return name

    nodes = []
    for node in graph.node:
        is_prelu = node.op_type == "PRelu"
        nodes += replace(node, values[node.input[1]], add_constant) if is_prelu else [node]
    needed = {name for node in nodes for name in node.input}
    kept = [t for t in graph.initializer if t.name in needed]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
