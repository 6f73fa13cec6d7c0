#!/usr/bin/env python3
"""Makes Sources/Embeddings/MiniLM/ScalarRules+Tables.swift: what BERT's normaliser does with each scalar.

    make-tokenizer-tables.py Tests/Fixtures/embeddings/bert-scalars.json
        writes the Swift file from the facts in the fixture

    make-tokenizer-tables.py --probe Tests/Fixtures/embeddings/bert-scalars.json
        first makes the fixture anew by asking the package `tokenizers` about every scalar

The facts: "drop", "cjk" and "punct" are ranges of scalars that vanish, that become words by
themselves before they are decomposed, and that are words by themselves; "space" separates words;
"mapped" says what remains of a scalar after decomposition, without its accents, in lower case.
Hangul syllables are not among the mapped: they decompose by the Unicode standard's arithmetic.
"""
import argparse
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
SWIFT = ROOT / 'Sources/Embeddings/MiniLM/ScalarRules+Tables.swift'
SCALARS = [value for value in range(0x110000) if not 0xD800 <= value < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)


def probe():
    from tokenizers import __version__, normalizers, pre_tokenizers
    normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    splitter = pre_tokenizers.BertPreTokenizer()
    drop, space, cjk, punct, mapped = [], [], [], [], {}
    for value in SCALARS:
        found = normalizer.normalize_str(chr(value))
        if found == '':
            drop.append(value)
        elif found == ' ':
            space.append(value)
        else:
            if len(found) > 2 and found[0] == found[-1] == ' ':
                cjk.append(value)
                found = found[1:-1]
            elif len(splitter.pre_tokenize_str(f'a{found[0]}b')) == 3:
                punct.append(value)
            if found != chr(value) and value not in HANGUL:
                mapped[value] = [ord(scalar) for scalar in found]
    return {
        'made_with': f'tokenizers {__version__}', 'drop': ranges(drop), 'space': space,
        'cjk': ranges(cjk), 'punct': ranges(punct), 'mapped': mapped,
    }


def ranges(values):
    found = []
    for value in values:
        if found and found[-1][1] == value - 1:
            found[-1][1] = value
        else:
            found.append([value, value])
    return found


def runs(mapped):
    """Groups single targets into (first, last, step, target, target step); others stay alone."""
    pending = {source: targets[0] for source, targets in mapped.items() if len(targets) == 1}
    found = [(source, f'{source:x}>' + ','.join(f'{target:x}' for target in targets))
             for source, targets in mapped.items() if len(targets) > 1]
    while pending:
        first = min(pending)
        best = (1, 1, 0)
        for step in (1, 2):
            for target_step in (0, 1, 2):
                length = 1
                while pending.get(first + length * step) == pending[first] + length * target_step:
                    length += 1
                best = max(best, (length, -step, -target_step))
        length, step, target_step = best[0], abs(best[1]), abs(best[2])
        last = first + (length - 1) * step
        text = f'{first:x}' + (f'-{last:x}' if length > 1 else '') + ('/2' if step == 2 else '')
        text += f'>{pending[first]:x}' + (f'+{target_step}' if length > 1 and target_step else '')
        found.append((first, text))
        for source in range(first, last + 1, step):
            del pending[source]
    return [text for _, text in sorted(found)]


def check(facts, mapped):
    """What the Swift side relies on: targets are final, and only ideographs become ideographs."""
    def inside(value, name):
        return any(first <= value <= last for first, last in facts[name])
    for source, targets in mapped.items():
        for target in targets:
            assert target not in mapped and not inside(target, 'drop'), hex(source)
            assert target not in facts['space'], hex(source)
            assert inside(source, 'cjk') or not inside(target, 'cjk'), hex(source)
        assert len(targets) == 1 or not inside(source, 'cjk'), hex(source)
        if len(targets) == 1:
            assert inside(source, 'punct') == inside(targets[0], 'punct'), hex(source)


def literal(name, comment, records):
    lines, line = [], ''
    for record in records:
        if line and len(line) + len(record) > 103:
            lines.append(line)
            line = ''
        line += (' ' if line else '') + record
    body = '\n'.join('    ' + text for text in lines + [line])
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{body}\n    """\n'


def swift(facts):
    mapped = {int(source): targets for source, targets in facts['mapped'].items()
              if int(source) not in HANGUL}
    check(facts, mapped)

    def texts(name):
        return [f'{first:x}' + (f'-{last:x}' if last > first else '') for first, last in facts[name]]
    parts = [
        literal('dropped', 'Scalars that vanish: controls, formats, private use, nonspacing marks.',
                texts('drop')),
        literal('separators', 'Scalars that end a word.', [f'{value:x}' for value in facts['space']]),
        literal('ideographs', 'Scalars that are words by themselves, also when decomposed.', texts('cjk')),
        literal('punctuation', 'Scalars that are words by themselves.', texts('punct')),
        literal('replacements', 'Scalars that turn into others: `sources>target` or `source>target,target`.',
                runs(mapped)),
    ]
    return (
        '// Generated by scripts/make-tokenizer-tables.py; do not edit.\n\n'
        'extension ScalarRules {\n'
        '  /// What BERT\'s normaliser does with scalars, in hexadecimal; ``RecordScanner`` has the format.\n'
        '  ///\n'
        '  /// Source: `BertNormalizer` and `BertPreTokenizer` of Hugging Face\'s tokenizers, asked about\n'
        '  /// every scalar.\n'
        '  enum Tables {\n'
        + '\n'.join('\n'.join(('  ' + line) if line else '' for line in part.split('\n')) for part in parts)
        + '  }\n}\n')


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('facts', type=pathlib.Path)
    parser.add_argument('--probe', action='store_true', help='make the facts anew')
    arguments = parser.parse_args()
    if arguments.probe:
        parts = [f'{json.dumps(key)}: {json.dumps(value, separators=(",", ":"))}'
                 for key, value in probe().items()]
        arguments.facts.write_text('{\n' + ',\n'.join(parts) + '\n}\n')
    SWIFT.write_text(swift(json.loads(arguments.facts.read_text())))


if __name__ == '__main__':
    main()
