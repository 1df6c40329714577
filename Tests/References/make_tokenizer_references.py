"""Trains small vocabularies of each kind and writes what the reference tokenizers make of 10 MB of
mixed text with them, and with the real models' vocabularies: a fingerprint of the ids of each chunk.

Needs `tokenizers` (0.23.3 was used), `sentencepiece` (0.2.3) and the models of `make models`.
Writes Tests/TransformerEngineTests/Fixtures/tokenizers.

usage: python make_tokenizer_references.py [MODELS FOLDER]
"""

import io
import json
import pathlib
import struct
import sys

import sentencepiece
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers,
                        processors, trainers)

from mixed_text import FIXTURES, chunk, fingerprint, seed_lines

MODELS = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path.home() / ".cache/neuronarena/models")
CHUNKS = 160
TRAINING = range(1_000_000, 1_000_008)
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")


def training_text(lines):
    return lines * 40 + [chunk(n, lines)[:12000] for n in TRAINING]


def byte_level(lines, pre_tokenizer, special, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, show_progress=False, special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(training_text(lines), trainer)
    return tokenizer


def split(pattern):
    return pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def gpt2(lines):
    tokenizer = byte_level(lines, pre_tokenizers.ByteLevel(add_prefix_space=False), ["<|endoftext|>"], 1400)
    tokenizer.add_tokens([AddedToken("naïve café", normalized=False), AddedToken("   ", normalized=False)])
    return tokenizer


def gpt2_prefixed(lines):
    return byte_level(lines, pre_tokenizers.ByteLevel(add_prefix_space=True), ["<s>", "</s>"], 600)


def llama3(lines):
    """With words in the vocabulary that no merges make, which only `ignore_merges` finds."""
    tokenizer = byte_level(lines, split(LLAMA3), [], 1300)
    state = json.loads(tokenizer.to_str())
    alphabet = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    for word in [" neuron", "supercalifragilisticexpialidocious", "日本語", "1234", "(brackets", " ===", "'S"]:
        written = alphabet.pre_tokenize_str(word)[0][0]
        state["model"]["vocab"].setdefault(written, len(state["model"]["vocab"]))
    state["model"]["ignore_merges"] = True
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.add_special_tokens(["<|begin_of_text|>", "<|end_of_text|>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|begin_of_text|> $A",
        special_tokens=[("<|begin_of_text|>", tokenizer.token_to_id("<|begin_of_text|>"))])
    return tokenizer


def qwen2(lines):
    return byte_level(lines, split(QWEN2), ["<|endoftext|>"], 600)


def sentencepiece_like(lines, byte_fallback=True):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=byte_fallback))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    special = ["<unk>", "<s>", "</s>"] + ([f"<0x{b:02X}>" for b in range(256)] if byte_fallback else [])
    trainer = trainers.BpeTrainer(
        vocab_size=1400, show_progress=False, special_tokens=special, limit_alphabet=350)
    tokenizer.train_from_iterator(training_text(lines), trainer)
    state = json.loads(tokenizer.to_str())
    # Bytes are tokens of the model, not added ones.
    state["added_tokens"] = [t for t in state["added_tokens"] if not t["content"].startswith("<0x")]
    state["pre_tokenizer"] = None
    tokenizer = Tokenizer.from_str(json.dumps(state))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    return tokenizer


def metaspace(lines, scheme, splits):
    tokenizer = sentencepiece_like(lines, byte_fallback=splits)
    tokenizer.normalizer = None
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=splits)
    return tokenizer


def word_piece(lines, **options):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(**options)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=1600, show_progress=False, limit_alphabet=500,
        special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    tokenizer.train_from_iterator(training_text(lines), trainer)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


# What the real models' files hold.


def gguf_strings(path):
    """The arrays of texts of a GGUF file's metadata."""
    data = path.read_bytes()
    place = 8
    found = {}
    sizes = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}

    def integer(form):
        nonlocal place
        value, = struct.unpack_from("<" + form, data, place)
        place += struct.calcsize(form)
        return value

    def text():
        nonlocal place
        count = integer("Q")
        place += count
        return data[place - count:place].decode()

    def value(kind):
        nonlocal place
        if kind == 8:
            return text()
        if kind == 9:
            inner, count = integer("I"), integer("Q")
            return [value(inner) for _ in range(count)]
        place += sizes[kind]
        return None

    integer("Q")
    for _ in range(integer("Q")):
        key = text()
        found[key] = value(integer("I"))
    return found


def smollm2():
    """As in its tokenizer.json, with the vocabulary of its GGUF file."""
    file = gguf_strings(MODELS / "smollm2-135m-instruct-q4_1.gguf")
    tokens = file["tokenizer.ggml.tokens"]
    merges = [tuple(m.split(" ", 1)) for m in file["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE({t: i for i, t in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def mini_lm():
    pieces = (MODELS / "all-minilm-l6-v2/vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = {piece: i for i, piece in enumerate(pieces) if piece}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


# SentencePiece itself, written as GGUF.


def gguf_file(entries):
    out = io.BytesIO()

    def text(value):
        data = value.encode()
        out.write(struct.pack("<Q", len(data)) + data)

    out.write(b"GGUF" + struct.pack("<IQQ", 3, 0, len(entries)))
    for key, value in entries.items():
        text(key)
        if isinstance(value, str):
            out.write(struct.pack("<I", 8))
            text(value)
        elif isinstance(value, bool):
            out.write(struct.pack("<IB", 7, value))
        elif isinstance(value, int):
            out.write(struct.pack("<II", 4, value))
        else:
            kind = {str: 8, float: 6, int: 5}[type(value[0])]
            out.write(struct.pack("<IIQ", 9, kind, len(value)))
            for element in value:
                if kind == 8:
                    text(element)
                else:
                    out.write(struct.pack("<f" if kind == 6 else "<i", element))
    out.write(b"\0" * (-out.tell() % 32))
    return out.getvalue()


def sentencepiece_model(lines):
    """A model of SentencePiece's, and its vocabulary as llama.cpp's converter writes it."""
    model = io.BytesIO()
    text = [line for part in training_text(lines) for line in part.replace("\0", "").split("\n") if line]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_writer=model, model_type="bpe", vocab_size=1500,
        byte_fallback=True, normalization_rule_name="identity", remove_extra_whitespaces=False,
        character_coverage=0.98, allow_whitespace_only_pieces=True, max_sentence_length=100_000,
        minloglevel=2, num_threads=1)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    count = processor.vocab_size()
    kinds = [2 if processor.is_unknown(i) else 3 if processor.is_control(i)
             else 6 if processor.is_byte(i) else 1 for i in range(count)]
    file = gguf_file({
        "general.architecture": "llama", "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": [processor.id_to_piece(i) for i in range(count)],
        "tokenizer.ggml.scores": [processor.get_score(i) for i in range(count)],
        "tokenizer.ggml.token_type": kinds, "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2, "tokenizer.ggml.unknown_token_id": 0})
    return processor, file


def references(encode, texts):
    counts, prints = 0, []
    for text in texts:
        ids = encode(text)
        counts += len(ids)
        prints.append(fingerprint(ids))
    return {"count": counts, "chunks": prints}


def main():
    lines = seed_lines()
    texts = [chunk(n, lines) for n in range(CHUNKS)]
    made = {
        "gpt2": gpt2(lines), "gpt2-prefixed": gpt2_prefixed(lines), "llama3": llama3(lines),
        "qwen2": qwen2(lines), "sentencepiece": sentencepiece_like(lines),
        "metaspace-first": metaspace(lines, "first", False),
        "metaspace-always": metaspace(lines, "always", True), "wordpiece": word_piece(lines),
        "wordpiece-cased": word_piece(lines, lowercase=False, clean_text=False),
    }
    found = {}
    for name, tokenizer in made.items():
        path = FIXTURES / f"{name}.json"
        path.write_text(json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False,
                                   separators=(",", ":")) + "\n", encoding="utf-8")
        tokenizer = Tokenizer.from_file(str(path))
        # A text's control tokens are text.
        tokenizer.encode_special_tokens = True
        found[name] = references(lambda t: tokenizer.encode(t, add_special_tokens=False).ids, texts)
        tokenizer.encode_special_tokens = False
        found[name]["special"] = references(
            lambda t: tokenizer.encode(t, add_special_tokens=False).ids, lines)
        print(name, path.stat().st_size, found[name]["count"])
    for name, tokenizer in {"smollm2": smollm2(), "minilm": mini_lm()}.items():
        found[name] = references(lambda t: tokenizer.encode(t, add_special_tokens=False).ids, texts)
        print(name, found[name]["count"])
    processor, file = sentencepiece_model(lines)
    (FIXTURES / "sentencepiece.gguf").write_bytes(file)
    found["sentencepiece.gguf"] = references(processor.encode, texts)
    print("sentencepiece.gguf", len(file), found["sentencepiece.gguf"]["count"])
    found["text"] = {"count": sum(len(t.encode()) for t in texts),
                     "chunks": [fingerprint(t.encode()) for t in texts]}
    (FIXTURES / "references.json").write_text(json.dumps(found, indent=0) + "\n")


main()
