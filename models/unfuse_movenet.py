"""Splits the fused convolutions of a TensorFlow.js graph into convolution, bias and activation.

    python unfuse_movenet.py package/models/movenet-lightning.json unfused/model.json

tf2onnx reads TensorFlow.js graphs, but not these nodes. The weights stay as they are: their files are copied beside the new
graph.
"""

import base64
import json
import pathlib
import shutil
import sys

PLAIN = {"_FusedConv2D": "Conv2D", "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative"}
KEPT = ("T", "strides", "padding", "explicit_paddings", "dilations", "data_format")


def split(node):
    """The nodes that do what a fused one does; the last one bears its name."""
    if node["op"] not in PLAIN:
        return [node]
    attributes = node["attr"]
    steps = [base64.b64decode(step).decode() for step in attributes["fused_ops"]["list"]["s"]]
    picture, weights, *rest = node["input"]
    kept = {key: attributes[key] for key in KEPT if key in attributes}
    nodes = [{"name": node["name"] + "/plain", "op": PLAIN[node["op"]], "input": [picture, weights], "attr": kept}]
    for step in steps:
        inputs = [nodes[-1]["name"]] + ([rest.pop(0)] if step == "BiasAdd" else [])
        kind = {key: attributes[key] for key in ("T", "data_format") if key == "T" or step == "BiasAdd" and key in attributes}
        nodes.append({"name": f"{node['name']}/{step}", "op": step, "input": inputs, "attr": kind})
    assert not rest, f"{node['name']} has inputs that no step takes"
    nodes[-1]["name"] = node["name"]
    return nodes


def main(source, target):
    source, target = pathlib.Path(source), pathlib.Path(target)
    model = json.loads(source.read_text())
    graph = model["modelTopology"]
    graph["node"] = [plain for node in graph["node"] for plain in split(node)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(model))
    for group in model["weightsManifest"]:
        for path in group["paths"]:
            shutil.copyfile(source.parent / path, target.parent / path)


if __name__ == "__main__":
    main(*sys.argv[1:])
