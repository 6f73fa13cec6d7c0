#!/usr/bin/env python3
"""Makes the pictures of docs: the program's own screen, run in tmux, drawn cell by cell.

    make build && scripts/make-picture.py

Needs tmux, and the MiniLM model (`fathom model install`). The first shows a search over the sample with a filter,
the second the list sorted by a key, a menu, and another theme.
"""
import html, os, re, shutil, subprocess, sys, tempfile, time, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Where the model is, so that a question finds by meaning.
CACHE = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
FATHOM = os.environ.get('FATHOM_BIN') or f'{ROOT}/.build/release/fathom'
COLUMNS, ROWS, CELL_WIDTH, CELL_HEIGHT = 132, 36, 8.4, 16.5
BACKGROUND, FOREGROUND = '#16181d', '#d7dae0'
ANSI = ['#3b4048', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0',
        '#7f848e', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#ffffff']
# Name, background, theme, keys.
PICTURES = [
    ('screen', BACKGROUND, 'default',
     ['f', 'year >= 1900 or rating > 4', 'Enter', 's', 'lost umbrella', 'Enter', 'Down']),
    ('menu', '#1a1b26', 'tokyo-night',
     ['s', 'fog on the water ', 'Enter', '1', ':', 'columns row language content', 'Enter', ':', 'sort -language', 'Enter',
      'Down', 'Space', 'Space', '.', 'Down', 'Down', 'Down', 'Down']),
    # The walk of docs/repairing.md.
    ('repair-search', BACKGROUND, 'default', ['s', 'how loud is the fog horn?', 'Enter']),
    ('repair-where', BACKGROUND, 'default',
     ['f', 'source = "harbour-handbook.md" and page = 6', 'Enter', '1', 'p', 'F', 's', 'how loud is the fog horn?', 'Enter', 'P']),
    ('repair-mmr', BACKGROUND, 'default', ['s', 'how loud is the fog horn?', 'Enter', 'r', 'Down', 'Down']),
    ('repair-map', BACKGROUND, 'default', ['s', 'how loud is the fog horn?', 'Enter', 'A', 'c', 'cluster ', 'Enter']),
    ('repair-health', BACKGROUND, 'default', ['D']),
    ('repair-duplicates', BACKGROUND, 'default', ['D', 'Enter']),
    ('repair-keys', BACKGROUND, 'default', ['K', 'Down', 'Down']),
    ('repair-source', BACKGROUND, 'default', ['/', 'one long blast ', 'Enter', 't']),
    ('repair-evaluation', BACKGROUND, 'default', [':', 'eval library/questions.jsonl k=1 | k=4 | k=4 mmr lambda=0.3', 'Enter']),
    ('repair-difference', BACKGROUND, 'default',
     ['s', 'how loud is the fog horn?', 'Enter', 'Down', 'd', 'y', ':', 'saveas repaired ', 'Enter', ':',
      'diff library library/questions.jsonl', 'Enter']),
]


def palette(index):
    if index < 16: return ANSI[index]
    if index >= 232: return '#' + '%02x' % (8 + 10 * (index - 232)) * 3
    steps = [0, 95, 135, 175, 215, 255]
    place = index - 16
    return '#%02x%02x%02x' % (steps[place // 36], steps[place // 6 % 6], steps[place % 6])


def capture(theme, keys):
    folder = tempfile.mkdtemp()
    shutil.copytree(f'{ROOT}/sample-data/library', f'{folder}/library')
    tmux = ['tmux', '-L', f'picture-{os.getpid()}', '-u', '-f', '/dev/null']
    run = lambda *a: subprocess.run([*tmux, *a], check=True, capture_output=True, text=True).stdout
    run('new-session', '-d', '-x', str(COLUMNS), '-y', str(ROWS), '-c', folder,
        f'env LANG=C.UTF-8 TERM=tmux-256color COLORTERM= HOME={folder} XDG_CACHE_HOME={CACHE} {FATHOM} --theme {theme} library')
    try:
        time.sleep(4)
        for key in keys:
            run('send-keys', *(['-l', key] if ' ' in key else [key]))
            time.sleep(1.2)
        return run('capture-pane', '-p', '-e').split('\n')[:ROWS]
    finally:
        subprocess.run([*tmux, 'kill-server'], capture_output=True)
        shutil.rmtree(folder)


class Style:
    def __init__(self): self.fg = self.bg = None; self.bold = self.dim = self.italic = self.reverse = self.line = False

    def apply(self, codes):
        codes = [int(c or 0) for c in codes]
        while codes:
            c = codes.pop(0)
            if c == 0: self.__init__()
            elif c in (1, 2, 3, 4, 7): setattr(self, {1: 'bold', 2: 'dim', 3: 'italic', 4: 'line', 7: 'reverse'}[c], True)
            elif c == 22: self.bold = self.dim = False
            elif c in (23, 24, 27): setattr(self, {23: 'italic', 24: 'line', 27: 'reverse'}[c], False)
            elif c in (38, 48):
                color = palette(codes[1]) if codes[0] == 5 else '#%02x%02x%02x' % tuple(codes[1:4])
                del codes[:2 if codes[0] == 5 else 4]
                setattr(self, 'fg' if c == 38 else 'bg', color)
            elif c in (39, 49): setattr(self, 'fg' if c == 39 else 'bg', None)
            elif 30 <= c <= 37: self.fg = ANSI[c - 30]
            elif 40 <= c <= 47: self.bg = ANSI[c - 40]
            elif 90 <= c <= 97: self.fg = ANSI[c - 82]
            elif 100 <= c <= 107: self.bg = ANSI[c - 92]

    def colors(self):
        fg, bg = self.fg or FOREGROUND, self.bg or BACKGROUND
        return (bg, fg) if self.reverse else (fg, bg)


def width(char):
    if unicodedata.combining(char): return 0
    return 2 if unicodedata.east_asian_width(char) in 'WF' else 1


def draw(lines):
    backs, texts = [], []
    style = Style()
    for y, line in enumerate(lines):
        x = 0
        for piece in re.split(r'(\x1b\[[0-9;]*m)', line):
            if piece.startswith('\x1b'):
                style.apply(piece[2:-1].split(';'))
                continue
            for run in re.findall(r'[\x20-\x7e]+|[^\x20-\x7e]', piece):
                columns = sum(map(width, run))
                fg, bg = style.colors()
                left, top = x * CELL_WIDTH, y * CELL_HEIGHT
                if bg != BACKGROUND:
                    backs.append(f'<rect x="{left:.1f}" y="{top}" width="{columns * CELL_WIDTH:.1f}" height="{CELL_HEIGHT}" fill="{bg}"/>')
                if run.strip():
                    look = (' font-weight="bold"' if style.bold else '') + (' opacity="0.6"' if style.dim else '') + \
                        (' font-style="italic"' if style.italic else '') + (' text-decoration="underline"' if style.line else '')
                    texts.append(f'<text x="{left:.1f}" y="{top + 12.5}" fill="{fg}" textLength="{columns * CELL_WIDTH:.1f}" '
                                 f'lengthAdjust="spacingAndGlyphs" xml:space="preserve"{look}>{html.escape(run)}</text>')
                x += columns
    w, h = COLUMNS * CELL_WIDTH, ROWS * CELL_HEIGHT
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {w + 24:.0f} {h + 24}" '
            f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">\n'
            f'<rect x="-12" y="-12" width="{w + 24:.0f}" height="{h + 24}" rx="10" fill="{BACKGROUND}"/>\n'
            + '\n'.join(backs + texts) + '\n</svg>\n')


for name, BACKGROUND, theme, keys in PICTURES:
    if len(sys.argv) > 1 and name not in sys.argv[1:]: continue
    with open(f'{ROOT}/docs/{name}.svg', 'w') as f:
        f.write(draw(capture(theme, keys)))
    print(f'docs/{name}.svg')
