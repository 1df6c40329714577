"""Writes models as GGUF files, each matrix in the next of some block types, for make_models.py.

What is stored is put back into the model, so that the reference is computed with the file's numbers.
"""

import gguf
import numpy
import torch

TOKENS = ["<|endoftext|>"] + [chr(code) for code in range(0x21, 0x21 + 59)] + ['!"']
QUANTISED = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "F16", "BF16", "F32"]


def tokenizer(writer):
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(TOKENS)
    writer.add_token_types([3] + [1] * 60)
    writer.add_token_merges(['! "'])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(0)


def permuted(weight, heads):
    """Rows of q and k as llama.cpp's converter orders them: adjacent pairs instead of halves."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).transpose(1, 2).reshape(weight.shape)


def restored(weight, heads):
    return weight.reshape(heads, weight.shape[0] // heads // 2, 2, -1).transpose(1, 2).reshape(weight.shape)


def random_blocks(kind, rows, columns, generator):
    """Random blocks of a type that gguf can't quantise to: any bits are right but the scales."""
    block, size = gguf.GGML_QUANT_SIZES[kind]
    count = rows * columns // block
    data = generator.integers(0, 256, (count, size), dtype=numpy.uint8)
    half = lambda x: numpy.frombuffer(numpy.full(count, x, numpy.float16).tobytes(), numpy.uint8).reshape(count, 2)
    if kind == gguf.GGMLQuantizationType.Q6_K:
        data[:, 192:208] = generator.integers(1, 12, (count, 16), dtype=numpy.uint8)
        data[:, 208:210] = half(0.0006)
    else:
        data[:, 0:2], data[:, 2:4] = half(0.0006), half(0.004)
    return data.reshape(rows, -1)


class Packer:
    """Adds matrices to a file, each in the next type, and gives back what was stored."""

    def __init__(self, writer, kinds):
        self.writer, self.kinds, self.count = writer, kinds, 0
        self.generator = numpy.random.default_rng(7)

    def vector(self, name, value):
        self.writer.add_tensor(name, value.detach().numpy().astype(numpy.float32))

    def matrix(self, name, value):
        kind = gguf.GGMLQuantizationType[self.kinds[self.count % len(self.kinds)]]
        self.count += 1
        array = value.detach().contiguous().numpy().astype(numpy.float32)
        if kind.name.endswith("_K"):
            data = random_blocks(kind, *array.shape, self.generator)
        else:
            data = gguf.quants.quantize(array, kind)
        self.writer.add_tensor(name, data, raw_dtype=kind)
        return torch.from_numpy(gguf.quants.dequantize(data, kind).astype(numpy.float32).reshape(array.shape))


def rope_scaling(writer, rope):
    """What llama.cpp's converter (conversion/base.py) writes of linear scaling and YaRN."""
    if rope["rope_type"] not in ("linear", "yarn"):
        return
    writer.add_rope_scaling_type(gguf.RopeScalingType(rope["rope_type"]))
    writer.add_rope_scaling_factor(rope["factor"])
    for key, add in (
        ("original_max_position_embeddings", writer.add_rope_scaling_orig_ctx_len),
        ("attention_factor", writer.add_rope_scaling_yarn_attn_factor),
        ("beta_fast", writer.add_rope_scaling_yarn_beta_fast),
        ("beta_slow", writer.add_rope_scaling_yarn_beta_slow),
    ):
        if key in rope:
            add(rope[key])


def llama_gguf(path, model, kinds):
    config = model.config
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    tokenizer(writer)
    packer = Packer(writer, kinds)
    rope = config.rope_parameters
    rope_scaling(writer, rope)
    if rope["rope_type"] == "llama3":
        # The converter stores by how much each frequency is divided.
        plain_frequencies = 1 / rope["rope_theta"] ** (torch.arange(0, config.head_dim, 2).float() / config.head_dim)
        packer.vector("rope_freqs.weight", plain_frequencies / model.model.rotary_emb.inv_freq)
    with torch.no_grad():
        model.model.embed_tokens.weight.copy_(packer.matrix("token_embd.weight", model.model.embed_tokens.weight))
        if not config.tie_word_embeddings:
            model.lm_head.weight.copy_(packer.matrix("output.weight", model.lm_head.weight))
        packer.vector("output_norm.weight", model.model.norm.weight)
        for index, block in enumerate(model.model.layers):
            name = f"blk.{index}."
            packer.vector(name + "attn_norm.weight", block.input_layernorm.weight)
            packer.vector(name + "ffn_norm.weight", block.post_attention_layernorm.weight)
            for part, module, heads in (
                ("attn_q", block.self_attn.q_proj, config.num_attention_heads),
                ("attn_k", block.self_attn.k_proj, config.num_key_value_heads),
            ):
                module.weight.copy_(restored(packer.matrix(name + part + ".weight", permuted(module.weight, heads)), heads))
            for part, module in (
                ("attn_v", block.self_attn.v_proj), ("attn_output", block.self_attn.o_proj),
                ("ffn_gate", block.mlp.gate_proj), ("ffn_up", block.mlp.up_proj), ("ffn_down", block.mlp.down_proj),
            ):
                module.weight.copy_(packer.matrix(name + part + ".weight", module.weight))
    finish(writer)


def gpt2_gguf(path, model, kinds):
    config = model.config
    writer = gguf.GGUFWriter(path, "gpt2")
    writer.add_block_count(config.n_layer)
    writer.add_embedding_length(config.n_embd)
    writer.add_feed_forward_length(4 * config.n_embd)
    writer.add_head_count(config.n_head)
    writer.add_context_length(config.n_positions)
    writer.add_layer_norm_eps(config.layer_norm_epsilon)
    tokenizer(writer)
    packer = Packer(writer, kinds)
    core = model.transformer
    with torch.no_grad():
        core.wte.weight.copy_(packer.matrix("token_embd.weight", core.wte.weight))
        core.wpe.weight.copy_(packer.matrix("position_embd.weight", core.wpe.weight))
        packer.vector("output_norm.weight", core.ln_f.weight)
        packer.vector("output_norm.bias", core.ln_f.bias)
        for index, block in enumerate(core.h):
            name = f"blk.{index}."
            for part, module in (("attn_norm", block.ln_1), ("ffn_norm", block.ln_2)):
                packer.vector(name + part + ".weight", module.weight)
                packer.vector(name + part + ".bias", module.bias)
            for part, module in (
                ("attn_qkv", block.attn.c_attn), ("attn_output", block.attn.c_proj),
                ("ffn_up", block.mlp.c_fc), ("ffn_down", block.mlp.c_proj),
            ):
                module.weight.copy_(packer.matrix(name + part + ".weight", module.weight.T).T)
                packer.vector(name + part + ".bias", module.bias)
    finish(writer)


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def bert_gguf(path, model, vocabulary):
    config = model.config
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_layer_norm_eps(config.layer_norm_eps)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_tokenizer_model("bert")
    writer.add_token_list([
        piece[2:] if piece.startswith("##") else piece if piece.startswith("[") else "\u2581" + piece for piece in vocabulary])
    writer.add_token_types([3] * 5 + [1] * (len(vocabulary) - 5))
    packer = Packer(writer, ["F32"])
    embeddings = model.embeddings
    packer.matrix("token_embd.weight", embeddings.word_embeddings.weight)
    packer.matrix("position_embd.weight", embeddings.position_embeddings.weight)
    packer.matrix("token_types.weight", embeddings.token_type_embeddings.weight)

    def both(name, module):
        packer.vector(name + ".bias", module.bias)
        (packer.vector if module.weight.dim() == 1 else packer.matrix)(name + ".weight", module.weight)

    both("token_embd_norm", embeddings.LayerNorm)
    for index, block in enumerate(model.encoder.layer):
        name = f"blk.{index}."
        both(name + "attn_q", block.attention.self.query)
        both(name + "attn_k", block.attention.self.key)
        both(name + "attn_v", block.attention.self.value)
        both(name + "attn_output", block.attention.output.dense)
        both(name + "attn_output_norm", block.attention.output.LayerNorm)
        both(name + "ffn_up", block.intermediate.dense)
        both(name + "ffn_down", block.output.dense)
        both(name + "layer_output_norm", block.output.LayerNorm)
    finish(writer)
