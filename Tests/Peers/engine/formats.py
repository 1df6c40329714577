"""Writes a model in llama.cpp's other formats, so that its best one can be found.

usage: formats.py MODEL.gguf FOLDER
"""

import os
import sys

import llama_cpp

# The numbers of llama.h's `llama_ftype`.
FORMATS = {"f32": 0, "f16": 1, "q4_0": 2, "q8_0": 7, "bf16": 32}


def main() -> None:
    source, folder = sys.argv[1], sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    for name, number in FORMATS.items():
        target = os.path.join(folder, f"{name}.gguf")
        if os.path.exists(target):
            continue
        parameters = llama_cpp.llama_model_quantize_default_params()
        parameters.ftype = number
        parameters.allow_requantize = True
        failed = llama_cpp.llama_model_quantize(
            source.encode(), (target + ".new").encode(), parameters)
        if failed:
            print(f"{name} is left out: llama.cpp can't write it", file=sys.stderr)
        else:
            os.rename(target + ".new", target)


main()
