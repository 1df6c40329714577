"""PyTorch as a peer of `neuronarena bench compare engine`.

usage: torch_peer.py smollm2|minilm MODEL THREADS f32|bf16

MODEL is the GGUF file of SmolLM2, whose weights are expanded, or MiniLM's safetensors. Prints
{"ready": NAME}, then answers each line {"ids": [[...], ...]} with the seconds that the last position's
logits (SmolLM2) or the sentences' embeddings (MiniLM) took: {"seconds": S}.
"""

import json
import os
import sys
import time

import torch
import transformers


def smollm2(path: str, dtype: torch.dtype):
    model = transformers.AutoModelForCausalLM.from_pretrained(
        os.path.dirname(path), gguf_file=os.path.basename(path), dtype=dtype)
    model.eval()
    return lambda ids: model(torch.tensor(ids), use_cache=False, logits_to_keep=1).logits


def minilm(path: str, dtype: torch.dtype):
    from safetensors.torch import load_file

    configuration = transformers.BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
    model = transformers.BertModel(configuration, add_pooling_layer=False)
    model.load_state_dict(load_file(path), strict=False)
    model.eval().to(dtype)

    def run(ids):
        # Batches of texts of about the same length, so little is padded.
        longest = max(map(len, ids))
        tokens = torch.tensor([row + [0] * (longest - len(row)) for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        hidden = model(tokens, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return torch.nn.functional.normalize(mean)

    return run


def main() -> None:
    which, path, threads, format = sys.argv[1:5]
    torch.set_num_threads(int(threads))
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[format]
    transformers.logging.set_verbosity_error()
    run = {"smollm2": smollm2, "minilm": minilm}[which](path, dtype)
    print(json.dumps({"ready": f"torch {torch.__version__}"}), flush=True)
    with torch.inference_mode():
        for line in sys.stdin:
            ids = json.loads(line)["ids"]
            start = time.perf_counter()
            run(ids)
            print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


main()
