"""llama.cpp as a peer of `neuronarena bench compare engine`.

usage: llama.py MODEL.gguf THREADS

Prints {"ready": NAME}, then answers each line {"ids": [[...]]} with the seconds that the prompt took to
the last position's logits: {"seconds": S}.
"""

import json
import sys
import time

import llama_cpp


def main() -> None:
    path, threads = sys.argv[1], int(sys.argv[2])
    model = llama_cpp.Llama(
        path, n_ctx=1024, n_batch=1024, n_ubatch=1024, n_threads=threads,
        n_threads_batch=threads, logits_all=False, verbose=False)
    print(json.dumps({"ready": f"llama.cpp of llama-cpp-python {llama_cpp.__version__}"}), flush=True)
    for line in sys.stdin:
        ids = json.loads(line)["ids"][0]
        model.reset()
        start = time.perf_counter()
        model.eval(ids)
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


main()
