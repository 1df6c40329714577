"""Makes small random models and what transformers computes with them, for the engine's tests.

    python make_models.py FOLDER        (Tests/TransformerEngineTests/Fixtures/models)

Needs torch, transformers, safetensors, numpy and gguf. Seeds are fixed: the same versions give the same
files. Every model runs with the tokens of `IDS` behind the sink token 0, whose own row is left out, as
the engine does. Values are rounded to seven digits.
"""

import json
import os
import sys

import gguf_files
import torch
import transformers
from safetensors.torch import save_file

IDS = [[3, 14, 15, 59, 26, 5, 35, 58, 9, 7, 9, 3], [42]]
SINK = 0
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def rounded(tensor):
    return json.loads(json.dumps(tensor.detach().double().tolist()), parse_float=lambda x: float("%.7g" % float(x)))


def randomise(model, seed):
    """Weights large enough that every part matters: attention looks about, neurons saturate."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in sorted(model.named_parameters()):
            noise = torch.randn(weight.shape, generator=generator)
            if "norm" in name.lower() or "ln_" in name:
                weight.copy_(1 + 0.2 * noise if name.endswith("weight") else 0.2 * noise)
            elif weight.dim() == 1:
                weight.copy_(0.3 * noise)
            elif "embed" in name or "wte" in name or "wpe" in name or "lm_head" in name:
                weight.copy_(0.7 * noise)
            else:
                weight.copy_(1.5 * noise / weight.shape[-1] ** 0.5)
    return model.eval()


def run(model, ids, parts):
    """What the model computes on the sink and `ids`, without the sink's row."""
    blocks = model.transformer.h if hasattr(model, "transformer") else model.model.layers
    neurons, heads, hooks = [None] * len(blocks), [None] * len(blocks), []

    def keep(target, index):
        return lambda module, inputs: target.__setitem__(index, inputs[0][0])

    for index, block in enumerate(blocks):
        down = block.mlp.c_proj if hasattr(block.mlp, "c_proj") else block.mlp.down_proj
        output = block.attn.c_proj if hasattr(block, "attn") else block.self_attn.o_proj
        hooks.append(down.register_forward_pre_hook(keep(neurons, index)))
        hooks.append(output.register_forward_pre_hook(keep(heads, index)))
    with torch.no_grad():
        out = model(torch.tensor([[SINK] + ids]), output_hidden_states=True, output_attentions=True)
    for hook in hooks:
        hook.remove()
    result = {"ids": ids, "logits": rounded(out.logits[0, 1:]), "neurons": [rounded(n[1:]) for n in neurons]}
    if not parts:
        return result
    # The last of transformers' hidden states has been normalised; the engine's hasn't.
    result["residuals"] = [rounded(state[0, 1:]) for state in out.hidden_states[:-1]]
    result["patterns"] = [rounded(pattern[0, :, 1:]) for pattern in out.attentions]
    result["heads"] = []
    for index, block in enumerate(blocks):
        if hasattr(block, "attn"):
            weight, count = block.attn.c_proj.weight.T, model.config.n_head
        else:
            weight, count = block.self_attn.o_proj.weight, model.config.num_attention_heads
        size = weight.shape[1] // count
        lengths = [
            (heads[index][1:, h * size : (h + 1) * size] @ weight[:, h * size : (h + 1) * size].T).norm(dim=1)
            for h in range(count)
        ]
        result["heads"].append(rounded(torch.stack(lengths, dim=1)))
    return result


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(value, file, separators=(",", ":"))
        file.write("\n")


def stored(model, dtype):
    """The tensors as a checkpoint has them, in a precision; the model then has what was stored."""
    state = {}
    for name, weight in model.state_dict().items():
        if name == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        state[name] = weight.to(TYPES[dtype]).contiguous().clone()
    with torch.no_grad():
        model.load_state_dict({**{k: v.float() for k, v in state.items()}}, strict=False)
    return state


def checkpoint(folder, name, make, config, dtype="F32", parts=True, variants=()):
    model = randomise(make(config), seed=len(name))
    state = stored(model, dtype)
    place = os.path.join(folder, name)
    os.makedirs(place, exist_ok=True)
    save_file(state, os.path.join(place, "model.safetensors"))
    write(os.path.join(place, "config.json"), plain(config))
    write(os.path.join(place, "reference.json"), {"cases": [run(model, ids, parts) for ids in IDS]})
    for title, changed in variants:
        other = make(changed).eval()
        other.load_state_dict(model.state_dict(), strict=False)
        write(os.path.join(place, f"config-{title}.json"), plain(changed))
        write(os.path.join(place, f"reference-{title}.json"), {"cases": [run(other, ids, False) for ids in IDS]})
    return model


def packed(folder, name, model, write_file, kinds, seed):
    """A GGUF file, and what the model computes with the numbers that are stored there."""
    write_file(os.path.join(folder, name + ".gguf"), randomise(model, seed), kinds)
    write(os.path.join(folder, name + ".json"), {"cases": [run(model, ids, False) for ids in IDS]})


def plain(config):
    kept = config.to_diff_dict()
    for key in ("transformers_version", "_attn_implementation", "dtype"):
        kept.pop(key, None)
    return kept


def gpt2(config):
    return transformers.GPT2LMHeadModel._from_config(config, attn_implementation="eager").float()


def llama(config):
    return transformers.LlamaForCausalLM._from_config(config, attn_implementation="eager").float()


def gpt2_config():
    return transformers.GPT2Config(vocab_size=61, n_positions=24, n_embd=24, n_layer=2, n_head=3, bos_token_id=0, eos_token_id=0)


def llama_config(rope=None, **changes):
    values = dict(
        vocab_size=61, hidden_size=32, intermediate_size=44, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-5, bos_token_id=0, eos_token_id=2,
        tie_word_embeddings=True,
    )
    values.update(changes)
    config = transformers.LlamaConfig(**values)
    config.rope_parameters = {"rope_theta": 10000.0, "rope_type": "default", **(rope or {})}
    return config


# MARK: BERT

TEXTS = ["a cab", "feed the bad cafe", "", "beef face dad", "headache a a a"]


def bert(folder):
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    vocabulary += letters + ["##" + letter for letter in letters] + ["the", "##ad", "##ce"]
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=32, type_vocab_size=2)
    model = randomise(transformers.BertModel._from_config(config, attn_implementation="eager").float(), seed=5)
    place = os.path.join(folder, "bert")
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, "vocab.txt"), "w") as file:
        file.write("\n".join(vocabulary) + "\n")
    state = {k: v.contiguous().clone() for k, v in model.state_dict().items() if "pooler" not in k and "position_ids" not in k}
    save_file(state, os.path.join(place, "model.safetensors"))
    write(os.path.join(place, "config.json"), plain(config))
    gguf_files.bert_gguf(os.path.join(place, "model.gguf"), model, vocabulary)
    cases = []
    for text in TEXTS:
        ids = [2] + bert_ids(text, vocabulary) + [3]
        with torch.no_grad():
            hidden = model(torch.tensor([ids])).last_hidden_state[0]
        mean = hidden.mean(dim=0)
        cases.append({"text": text, "ids": ids, "embedding": rounded(mean / mean.norm())})
    write(os.path.join(place, "reference.json"), {"cases": cases})


def bert_ids(text, vocabulary):
    """Longest pieces first; the texts are lower-case words."""
    ids = []
    for word in text.split():
        start = 0
        while start < len(word):
            end = len(word)
            while (("##" if start else "") + word[start:end]) not in vocabulary:
                end -= 1
            ids.append(vocabulary.index(("##" if start else "") + word[start:end]))
            start = end
    return ids


def main(folder):
    torch.use_deterministic_algorithms(True)
    for dtype in TYPES:
        checkpoint(folder, "gpt2-" + dtype.lower(), gpt2, gpt2_config(), dtype, parts=dtype == "F32")
    original = {"original_max_position_embeddings": 16}
    variants = [
        ("linear", llama_config({"rope_type": "linear", "factor": 4.0})),
        ("llama3", llama_config({"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, **original})),
        ("yarn", llama_config({"rope_type": "yarn", "factor": 4.0, **original})),
        ("base", llama_config({"rope_theta": 500.0})),
    ]
    checkpoint(folder, "llama-f32", llama, llama_config(), variants=variants)
    untied = dict(tie_word_embeddings=False, head_dim=12, attention_bias=True, mlp_bias=True, num_key_value_heads=4)
    checkpoint(folder, "llama-untied-bf16", llama, llama_config(**untied), "BF16", parts=False)
    checkpoint(folder, "llama-f16", llama, llama_config(num_key_value_heads=1), "F16", parts=False)
    bert(folder)
    llama3 = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, **original}
    blocks = llama_config(llama3, tie_word_embeddings=False, intermediate_size=64)
    packed(folder, "llama-blocks", llama(blocks), gguf_files.llama_gguf, gguf_files.QUANTISED, seed=6)
    # More positions than the context before scaling, so that every kind of scaling shows.
    yarn = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8}
    given = {**yarn, "beta_fast": 2.0, "beta_slow": 0.5, "attention_factor": 1.3}
    for name, rope in (("linear", {"rope_type": "linear", "factor": 4.0}), ("yarn", yarn), ("yarn-given", given)):
        scaled = llama(llama_config(rope, intermediate_size=32, num_attention_heads=2, num_key_value_heads=1))
        packed(folder, "llama-" + name, scaled, gguf_files.llama_gguf, ["Q8_0"], seed=8)
    big = llama_config(hidden_size=256, intermediate_size=256, num_hidden_layers=1, num_key_value_heads=1)
    packed(folder, "llama-super", llama(big), gguf_files.llama_gguf, ["Q8_0", "Q4_K", "Q5_K", "Q6_K"], seed=5)
    small = transformers.GPT2Config(vocab_size=61, n_positions=24, n_embd=32, n_layer=2, n_head=2, bos_token_id=0, eos_token_id=0)
    packed(folder, "gpt2-blocks", gpt2(small), gguf_files.gpt2_gguf, gguf_files.QUANTISED[:-1], seed=4)


if __name__ == "__main__":
    main(sys.argv[1])
