"""Writes modnet_folded.onnx: the same network as modnet.onnx with the same weights, laid out so that it runs faster.

    pip install onnx numpy && python fold_modnet.py modnet.onnx modnet_folded.onnx

ONNX Runtime is fast where channels come in blocks of sixteen and one convolution follows another. MODNet's layers
normalise one half of their channels over the batch and the other half over the picture, in pieces that leave the
blocked form again and again. What is done about it, none of which changes a result by more than rounding:

- Each such layer becomes two convolutions. The batch normalisation is multiplied into the weights of the first; the
  second goes on into the normalisation over the picture. A convolution by one, per channel, brings it back into blocks.
- Three channels of the picture joined to many blocks break them up: they get a convolution of their own and are added.
- A 5x5 convolution of a doubled map becomes one 1x1 convolution per tap before the doubling, and a sum of shifted maps
  after it: a quarter of the multiplications.
- Doubling uses `half_pixel` coordinates, which is the same as PyTorch's unless a side is one pixel long.
"""

import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

BLOCK = 16
TAPS = "Conv_191"  # the only 5x5 convolution of 1280 channels


class Folder:
    """Rebuilds the graph node by node."""

    def __init__(self, graph):
        self.graph = graph
        self.values = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        for node in graph.node:
            if node.op_type == "Constant":
                self.values[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        self.maker = {name: node for node in graph.node for name in node.output}
        self.nodes, self.constants = [], {}
        # Joined tensors as the pieces they consist of, and the order of their channels.
        self.pieces, self.order = {}, {}
        self.layers = dict(filter(None, map(self.layer, graph.node)))
        self.absorbed = {node.name for layer in self.layers.values() for node in layer}

    def layer(self, relu):
        """The nodes after a convolution that normalise its halves, if `relu` ends such a layer."""
        join = self.maker.get(relu.input[0]) if relu.op_type == "Relu" else None
        if join is None or join.op_type != "Concat":
            return None
        batch, picture = (self.maker[name] for name in join.input)
        slices = self.maker[batch.input[0]], self.maker[picture.input[0]]
        return self.maker[slices[0].input[0]].name, (relu, join, batch, picture, *slices)

    def constant(self, name, value):
        dtype = np.float32 if value.dtype.kind == "f" else np.int64
        self.constants[name] = np.ascontiguousarray(value, dtype)
        return name

    def add(self, op, inputs, output, **attributes):
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=f"{op}_{outputs[0]}", **attributes))
        return output

    def copy(self, node, source, output):
        twin = onnx.NodeProto()
        twin.CopyFrom(node)
        twin.input[0], twin.output[0], twin.name = source, output, f"{node.op_type}_{output}"
        self.nodes.append(twin)
        return output

    def convolve(self, name, pieces, weights, bias, attributes):
        """One convolution per piece of the input, summed."""
        total, start = None, 0
        for i, (tensor, channels) in enumerate(pieces):
            inputs = [tensor, self.constant(f"{name}_w{i}", weights[:, start : start + channels])]
            inputs += [self.constant(f"{name}_b", bias)] if i == 0 else []
            part = self.add("Conv", inputs, f"{name}_{i}", **attributes)
            total = part if total is None else self.add("Add", [total, part], f"{name}_sum{i}")
            start += channels
        return total

    def join(self, node):
        """A join of channels: blocks are joined, everything else stays a piece."""
        pieces = [piece for name in node.input for piece in self.pieces.get(name, [(name, 3)])]
        starts = np.cumsum([0] + [channels for _, channels in pieces])
        ranked = sorted(range(len(pieces)), key=lambda i: pieces[i][1] % BLOCK != 0)
        blocks = [pieces[i] for i in ranked if pieces[i][1] % BLOCK == 0]
        if len(blocks) > 1:
            joined = self.add("Concat", [name for name, _ in blocks], node.output[0], axis=1)
            blocks = [(joined, sum(channels for _, channels in blocks))]
        self.pieces[node.output[0]] = blocks + [p for p in pieces if p[1] % BLOCK]
        self.order[node.output[0]] = [c for i in ranked for c in range(starts[i], starts[i + 1])]

    def taps(self, weights, bias):
        """The convolution of a doubled map, as taps before the doubling."""
        doubling = self.nodes.pop()
        out, _, height, width = weights.shape
        flat = weights.transpose(2, 3, 0, 1).reshape(height * width * out, -1, 1, 1)
        maps = self.add("Conv", [doubling.input[0], self.constant("taps_w", flat)], "taps", kernel_shape=[1, 1])
        maps = self.copy(doubling, maps, "taps_doubled")
        edge_y, edge_x = height // 2, width // 2
        pads = self.constant("taps_pads", np.array([0, 0, edge_y, edge_x] * 2))
        maps = self.add("Pad", [maps, pads], "taps_padded", mode="constant")
        axes, shifted = self.constant("taps_axes", np.array([1, 2, 3])), []
        end = np.iinfo(np.int64).max
        for i, (y, x) in enumerate(np.ndindex(height, width)):
            last = [(i + 1) * out, y - height + 1 or end, x - width + 1 or end]
            first = self.constant(f"taps_first{i}", np.array([i * out, y, x]))
            last = self.constant(f"taps_last{i}", np.array(last))
            shifted.append(self.add("Slice", [maps, first, last, axes], f"taps_{i}"))
        total = self.add("Sum", shifted, "taps_sum")
        total = self.add("Add", [total, self.constant("taps_b", bias.reshape(1, -1, 1, 1))], "taps_all")
        return self.add("Split", [total], ["taps_first", "taps_second"], axis=1)

    def fold(self, node):
        """A convolution and the normalisation of its halves."""
        relu, _, batch, picture, *_ = self.layers[node.name]
        weights, bias = (self.values[name].astype(np.float64) for name in node.input[1:3])
        weights = weights[:, self.order.get(node.input[0], slice(None))]
        pieces = self.pieces.get(node.input[0], [(node.input[0], weights.shape[1])])
        out, half, name = weights.shape[0], weights.shape[0] // 2, relu.output[0]
        gain, shift, mean, variance = (self.values[n].astype(np.float64) for n in batch.input[1:5])
        settings = {a.name: helper.get_attribute_value(a) for a in batch.attribute}
        gain = gain / np.sqrt(variance + settings["epsilon"])
        weights[:half] *= gain[:, None, None, None]
        bias[:half] = (bias[:half] - mean) * gain + shift
        bias[half:] = 0.0  # the normalisation over the picture takes any constant away
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if half % BLOCK:
            whole = self.convolve(node.name, pieces, weights, bias, attributes)
            first, second = self.add("Split", [whole], [f"{name}_first", f"{name}_second"], axis=1)
        elif node.name == TAPS:
            first, second = self.taps(weights, bias)
        else:
            first = self.convolve(f"{node.name}_first", pieces, weights[:half], bias[:half], attributes)
            second = self.convolve(f"{node.name}_second", pieces, weights[half:], bias[half:], attributes)
        scale, offset = self.constant(f"ones_{half}", np.ones(half)), self.constant(f"zeros_{half}", np.zeros(half))
        epsilon = helper.get_attribute_value(picture.attribute[0])
        second = self.add("InstanceNormalization", [second, scale, offset], f"{name}_normal", epsilon=epsilon)
        if half % BLOCK:
            joined = self.add("Concat", [first, second], f"{name}_joined", axis=1)
            self.add("Relu", [joined], name)
        else:
            ones = self.constant(f"one_each_{half}", np.ones((half, 1, 1, 1)))
            second = self.add("Conv", [second, ones], f"{name}_blocks", group=half, kernel_shape=[1, 1])
            first, second = self.add("Relu", [first], f"{name}_a"), self.add("Relu", [second], f"{name}_b")
            self.add("Concat", [first, second], name, axis=1)
        self.pieces[name] = [(name, out)]

    def run(self):
        for node in self.graph.node:
            if node.name in self.absorbed:
                continue
            if node.name in self.layers:
                self.fold(node)
            elif node.op_type == "Concat" and helper.get_attribute_value(node.attribute[0]) == 1:
                self.join(node)
            elif node.op_type == "Resize":
                next(a for a in node.attribute if a.name == "coordinate_transformation_mode").s = b"half_pixel"
                self.nodes.append(node)
                self.pieces[node.output[0]] = [(node.output[0], c) for _, c in self.pieces.get(node.input[0], [(0, 3)])]
            else:
                self.nodes.append(node)
        self.drop_unused()
        del self.graph.initializer[:], self.graph.node[:], self.graph.value_info[:]
        self.graph.node.extend(self.nodes)
        needed = {name for node in self.nodes for name in node.input}
        values = {**{n: v for n, v in self.values.items() if self.maker.get(n) is None}, **self.constants}
        self.graph.initializer.extend(numpy_helper.from_array(v, n) for n, v in values.items() if n in needed)

    def drop_unused(self):
        wanted, kept = {value.name for value in self.graph.output}, []
        for node in reversed(self.nodes):
            if wanted & set(node.output):
                kept.append(node)
                wanted |= set(node.input)
        self.nodes = kept[::-1]


def main(source, target):
    model = onnx.load(source)
    Folder(model.graph).run()
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    main(*sys.argv[1:])
