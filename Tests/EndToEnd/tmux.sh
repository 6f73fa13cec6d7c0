#!/usr/bin/env bash
# Drives the real program in tmux, as its user would: search, delete, undo, save, resize, quit, and the
# exits that are not planned. Looks at the screen, the folder on disk and the state of the terminal.
#
#   FATHOM_BIN=PATH   the binary to test (default .build/debug/fathom)
set -euo pipefail
cd "$(dirname "$0")/../.."

export FATHOM_BIN=${FATHOM_BIN:-$PWD/.build/debug/fathom}
work=$(mktemp -d)
socket=fathom-test-$$
limit=15 # seconds a text may take to appear
step="start"

trap 'tm kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

# --- tmux

tm() { tmux -L "$socket" -u -f /dev/null "$@"; }
screen() { tm capture-pane -p -t fathom; }
send() { tm send-keys -t fathom "$@"; }
write() { tm send-keys -t fathom -l -- "$1"; }
resize() { tm resize-window -t fathom -x "$1" -y "$2"; }
flag() { tm display-message -p -t fathom "#{$1}"; }

fail() {
  {
    echo "tmux: $step: FAILED: $1"
    echo "--- screen"
    screen || true
    echo "---"
  } >&2
  exit 1
}

shows() { screen | grep -qF -- "$1"; }
hides() { ! shows "$1"; }

# await WHAT COMMAND…: runs the command until it succeeds.
await() {
  local what=$1 deadline=$((SECONDS + limit))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || fail "$what (waited $limit s)"
    sleep 0.05
  done
}

wait_for() { await "'$1' should appear" shows "$1"; }
wait_gone() { await "'$1' should go away" hides "$1"; }
expect() { shows "$1" || fail "'$1' should be on the screen"; }
expect_not() { hides "$1" || fail "'$1' should not be on the screen"; }

# --- the program in its terminal

library=$work/library

fresh_library() {
  rm -rf "$library" "$work/home"
  # Vectors that count words: the tests need no model.
  [[ -e $work/lexical ]] ||
    HOME=$work "$FATHOM_BIN" build "$work/lexical" sample-data/library/documents.jsonl --embedder hashing 2>/dev/null
  cp -R "$work/lexical" "$library"
  mkdir -p "$work/home"
}

# A script without job control, so that no shell mends the terminal before it is looked at.
write_runner() {
  cat >"$work/run" <<'RUN'
stty -a | sed 1d >before
sh -c 'echo $$ >pid; exec "$0" "$@"' "$@"
code=$?
stty -a | sed 1d >after
echo "[exit $code]"
RUN
}

open_terminal() {
  write_runner
  env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 FATHOM_BIN="$FATHOM_BIN" \
    tmux -L "$socket" -u -f /dev/null start-server \; set-option -g default-terminal tmux-256color \; \
    new-session -d -s fathom -x 140 -y 40 -c "$work" 'exec env PS1="ready> " bash --noprofile --norc'
  wait_for 'ready>'
}

# start COMMAND…: runs a command line in the terminal and notes its exit.
start() {
  send C-l
  write "clear; sh run $*"
  send Enter
}

wait_exit() { wait_for "[exit $1]"; }

expect_terminal_restored() {
  [[ $(flag alternate_on) == 0 ]] || fail "the alternate screen is still on"
  [[ $(flag cursor_flag) == 1 ]] || fail "the cursor is still hidden"
  [[ $(flag mouse_any_flag) == 0 ]] || fail "the mouse is still reported"
  diff "$work/before" "$work/after" >&2 || fail "stty differs after the program (above: before, after)"
}

folder_state() { (cd "$library" && sha256sum index.faiss index.pkl); }
folder_changed() { [[ $(folder_state) != "$saved" ]]; }
expect_folder_unchanged() { folder_changed && fail "the folder changed before it was saved" || true; }

passed() { echo "tmux: $step: passed"; }

# --- the cases

edit_and_save() {
  step="search, delete, undo, save, resize, quit"
  fresh_library
  saved=$(folder_state)
  start '$FATHOM_BIN library'
  wait_for '352 documents'
  wait_for 'This handbook is'
  [[ $(flag alternate_on) == 1 ]] || fail "the alternate screen should be on"

  send s
  write 'northern lights'
  wait_for 'Dear Tom, last'
  send Enter

  send Space
  wait_for '1 marked'
  send d
  wait_for 'delete 1 document?'
  send n
  wait_gone 'delete 1 document?'
  expect '352 documents'
  send d
  wait_for 'delete 1 document?'
  send y
  wait_for '351 documents'
  wait_for '1 deleted'
  expect_folder_unchanged

  send u
  wait_for '352 documents'
  wait_gone '1 deleted'

  send d
  wait_for 'delete 1 document?'
  send y
  wait_for '351 documents'

  resize 120 40
  wait_for '351 documents'
  await "the footer should be on the last lines" eval 'screen | tail -n 2 | grep -qF "help"'
  resize 80 24
  wait_for '351 documents'
  await "the screen should fit 80x24" eval 'screen | tail -n 2 | grep -qF "help"'
  resize 50 12
  wait_for '60'
  resize 140 40
  wait_for '351 documents'
  expect_folder_unchanged

  send q
  wait_for 'unsaved changes'
  send Escape
  wait_gone 'unsaved changes'

  send C-s
  # The save is offered when it is known what it will write.
  wait_for 'writes index'
  expect_folder_unchanged
  send Enter
  await "the folder should be saved" folder_changed
  wait_gone '1 deleted'
  [[ $("$FATHOM_BIN" list "$library" --json | wc -l) == 351 ]] || fail "the saved folder should hold 351 documents"

  send q
  wait_exit 0
  expect_terminal_restored
  passed
}

# Keys pressed by the case that goes through every screen.
pressed=0
press() {
  send "$@"
  pressed=$((pressed + $#))
}
type() {
  write "$1"
  pressed=$((pressed + ${#1}))
}

# Escape, and what it takes away; a key that follows too soon would be read as held with Alt.
leave() {
  press Escape
  wait_gone "$1"
}

every_screen() {
  step="through every screen and size"
  fresh_library
  saved=$(folder_state)
  start '$FATHOM_BIN library'
  wait_for 'This handbook is'
  # Query, results, lens, document, like this.
  press s
  type 'northern lights'
  wait_for 'Dear Tom, last'
  press Enter j j k S S
  wait_for 'cosine, higher is nearer'
  press S S
  wait_for 'outside 0 to 1'
  press S Enter
  press /
  type 'tom'
  press Enter n N w w
  leave 'w wrap'
  press ']' ']' '[' V
  wait_for 'MMR lambda'
  press V L
  wait_for 'as LangChain'
  press L m
  wait_for '│ like '
  press X 1
  # Filter: completion, error, facets, history of queries.
  press f
  type 'langu'
  wait_for '350'
  press Tab
  type '= '
  wait_for '"en"'
  press Down Down Enter
  wait_for 'means language = "de"'
  press C-u
  type 'page >= and'
  wait_for 'a value is expected'
  leave 'Enter accept'
  press F @
  wait_for 'metadata keys'
  type 'rating'
  press Enter
  wait_for '4.9'
  press Enter
  wait_for 'means rating ='
  press F M-h
  wait_for '╭ queries'
  leave '╭ queries'
  # List: sort, columns, find, movement.
  press o
  wait_for 'sort by'
  type 'date'
  press Enter
  wait_for 'sorted by date'
  press O
  wait_for 'greatest first'
  type ':sort row'
  press Enter C
  wait_for '╭ columns'
  leave '╭ columns'
  press G
  wait_for '352 of 352'
  press g j j j C-d C-u PageDown PageUp End Home
  wait_for '1 of 352'
  press '}' '{' /
  type 'umbrella'
  press Enter n N
  # Marks and edits, their history, changes, a merge.
  press g v j j v
  wait_for '3 marked'
  press '*'
  wait_for '349 marked'
  press C-a
  wait_for '352 marked'
  leave 'marked'
  press Space Space d
  wait_for 'delete 2 documents?'
  press y
  wait_for '2 deleted'
  press e
  type 'draft=true'
  press Enter
  wait_for '1 edited'
  press H
  wait_for 'as it was opened'
  leave 'as it was opened'
  press C-s
  wait_for 'writes index'
  press l
  wait_for 'on disk'
  press Escape
  wait_for 'writes index'
  leave 'writes index'
  press u
  wait_gone '1 edited'
  press C-r
  wait_for '1 edited'
  press u
  wait_gone '1 edited'
  press u
  wait_gone '2 deleted'
  cp -R "$library" "$work/other"
  press M
  type "$work/"
  wait_for 'other'
  type 'other'
  press Enter
  wait_for 'here after'
  press Tab Tab BTab
  leave 'here after'
  # Copies, windows, sizes.
  press y
  wait_for 'copy as Python'
  press i
  wait_for 'copied the id'
  press '?'
  type 'undo'
  wait_for 'edit.undo'
  press C-u
  type 'Ctrl-s'
  wait_for 'store.save'
  leave '╭ help'
  press C-p
  type 'zoom'
  press Enter z '>' '<' '=' I
  wait_for 'Esc back'
  leave 'Esc back'
  press T Down Down
  wait_for '╭ theme'
  leave '╭ theme'
  press J
  wait_for '╭ jobs'
  leave '╭ jobs'
  press .
  wait_for '╭ menu'
  leave '╭ menu'
  press '!'
  wait_for 'the latest first'
  leave 'the latest first'
  press C-l Tab Tab BTab 2 3 1
  type ':tour'
  press Enter Enter Enter Enter Enter Enter
  for size in "80 24" "60 15" "300 100" "20 5" "1 1" "140 40"; do
    # shellcheck disable=SC2086
    resize $size
    press j k
  done
  wait_for '352 documents'
  ((pressed >= 200)) || fail "$pressed keys are too few"
  step="$step, $pressed keys"
  expect_folder_unchanged
  rm -rf "$work/other"
  press q
  wait_exit 0
  expect_terminal_restored
  passed
}

suspended() {
  step="Ctrl-z gives the terminal back, and fg takes it with mouse and screen"
  fresh_library
  start '$FATHOM_BIN library'
  wait_for '352 documents'
  await "the mouse should be reported" eval '[[ $(flag mouse_any_flag) == 1 ]]'
  send C-z
  wait_for 'Stopped'
  [[ $(flag alternate_on) == 0 ]] || fail "the alternate screen is still on"
  [[ $(flag mouse_any_flag) == 0 ]] || fail "the mouse is still reported"
  write 'fg'
  send Enter
  wait_for '352 documents'
  await "the mouse should be reported again" eval '[[ $(flag mouse_any_flag) == 1 ]]'
  kill -TSTP "$(cat "$work/pid")"
  wait_for 'Stopped'
  [[ $(flag mouse_any_flag) == 0 ]] || fail "the mouse is still reported after a signal to stop"
  write 'fg'
  send Enter
  wait_for '352 documents'
  send M-m
  await "the mouse should be left to the terminal" eval '[[ $(flag mouse_any_flag) == 0 ]]'
  send q
  wait_exit 0
  expect_terminal_restored
  passed
}

pasted() {
  step="a paste is text, whatever is in it"
  fresh_library
  saved=$(folder_state)
  start '$FATHOM_BIN library'
  wait_for '352 documents'
  # Where nothing is typed, and in a line; with keys, an Escape and the end of a paste in it.
  printf 'dy\r\033[A\033[201~dy:q!\r' >"$work/paste"
  tm load-buffer "$work/paste"
  tm paste-buffer -p -r -t fathom
  wait_for 'nothing takes text here'
  send f
  tm paste-buffer -p -r -t fathom
  wait_for 'dy:q!'
  expect '352 documents'
  head -c 1000000 /dev/zero | tr '\0' 'x' >"$work/paste"
  tm load-buffer "$work/paste"
  tm paste-buffer -p -t fathom
  wait_for 'only the first 200,000 characters'
  send C-u
  wait_gone 'xxxx'
  expect_folder_unchanged
  send Escape
  wait_for '? help'
  send q
  wait_exit 0
  expect_terminal_restored
  passed
}

tabs() {
  step="without a path: choose a store, open another beside it, edit, quit asks"
  fresh_library
  saved=$(folder_state)
  start '$FATHOM_BIN'
  wait_for 'no store'
  wait_for 'look in'
  write 'look'
  send Enter
  wait_for 'library'
  write 'library'
  wait_for '352 × 1024'
  send Enter
  wait_for '352 documents'
  cp -R "$library" "$work/second"
  send C-o
  write "$work/"
  wait_for 'second'
  write 'second'
  send Enter
  wait_for '2 second'
  # Both stores look alike: whether the second one's documents are there yet only a delete shows.
  await "a delete should be asked about" eval 'send d; sleep 0.2; shows "delete 1 document?"'
  send y
  wait_for '1 deleted'
  send M-,
  wait_for '352 documents'
  send q
  wait_for 'second has changes that are not saved'
  send d
  wait_exit 0
  expect_folder_unchanged
  cmp -s "$library/index.pkl" "$work/second/index.pkl" || fail "the second store changed without a save"
  expect_terminal_restored
  rm -rf "$work/second"
  # The two are known at the next start.
  start '$FATHOM_BIN'
  wait_for 'look in'
  expect 'library'
  send Escape
  wait_gone 'look in'
  send q
  wait_exit 0
  passed
}

terminated() {
  step="SIGTERM restores the terminal"
  fresh_library
  start '$FATHOM_BIN library'
  wait_for '352 documents'
  kill -TERM "$(cat "$work/pid")"
  await "the program should end" eval 'shows "[exit 143]" || shows "[exit 0]" || shows "[exit 1]"'
  expect_terminal_restored
  passed
}

crashed() {
  step="a crash restores the terminal"
  fresh_library
  # Swift's own report of a crash would wait for a key.
  start 'env SWIFT_BACKTRACE=enable=no $FATHOM_BIN library'
  wait_for '352 documents'
  kill -SEGV "$(cat "$work/pid")"
  wait_for '[exit'
  expect_not '[exit 0]'
  expect_terminal_restored
  passed
}

printed_marks() {
  step="marked ids go through a pipe, the screen to the terminal"
  fresh_library
  rm -f "$work/marks"
  start 'sh -c "\$FATHOM_BIN library --print-marks | cat >marks"'
  wait_for 'This handbook is'
  send Space
  wait_for '1 marked'
  send Space
  wait_for '2 marked'
  send q
  wait_exit 0
  diff <("$FATHOM_BIN" list "$library" --json --limit 2 | sed 's/.*"id":"\([^"]*\)".*/\1/') "$work/marks" >&2 ||
    fail "the two ids should be in the pipe (above: expected, found)"
  expect_terminal_restored
  passed
}

exported() {
  step="export, ask before a file is replaced"
  fresh_library
  rm -f "$work"/out.*
  start '$FATHOM_BIN library'
  wait_for 'This handbook is'
  send x
  wait_for 'export (file'
  write 'out.csv'
  send Enter
  wait_for 'exported 352 documents'
  "$FATHOM_BIN" export "$library" "$work/other.csv" >/dev/null
  cmp "$work/out.csv" "$work/other.csv" || fail "the screen and the verb should write the same"
  send Space
  wait_for '1 marked'
  write ':export out.csv'
  send Enter
  wait_for 'out.csv exists'
  send n
  wait_gone 'out.csv exists'
  cmp "$work/out.csv" "$work/other.csv" || fail "the file should be as it was"
  write ':export out.csv'
  send Enter
  wait_for 'out.csv exists'
  send y
  wait_for 'exported 1 document,'
  [[ $(ls -A "$work" | grep -c fathom-new) == 0 ]] || fail "no file should be left over"
  send q
  wait_exit 0
  expect_terminal_restored
  passed
}

exact_colours() {
  step="themes have their exact colours where COLORTERM says so, and the nearest elsewhere"
  fresh_library
  start 'env COLORTERM=truecolor $FATHOM_BIN library --theme dracula'
  wait_for 'This handbook is'
  tm capture-pane -e -p -t fathom | grep -qF $'\e[38;2;248;248;242m' || fail "dracula's text should be #f8f8f2"
  # The keys are those of the terminal all the same.
  send Down Down
  wait_for '3 of 352'
  send q
  wait_exit 0
  expect_terminal_restored
  start 'env -u COLORTERM $FATHOM_BIN library --theme dracula'
  wait_for 'This handbook is'
  tm capture-pane -e -p -t fathom | grep -qF $'\e[38;5;255m' || fail "dracula's text should be the nearest of 256"
  send q
  wait_exit 0
  passed
}

without_columns() {
  step="a terminal of 0 columns is refused in words"
  fresh_library
  start "sh -c 'stty cols 0 rows 0; \$FATHOM_BIN library; code=\$?; stty cols 80 rows 24; exit \$code'"
  wait_for '[exit'
  expect_not '[exit 0]'
  expect '0 columns'
  resize 139 40
  resize 140 40
  passed
}

without_terminal_type() {
  step="no TERM is refused in words"
  fresh_library
  start 'env -u TERM $FATHOM_BIN library'
  wait_for '[exit'
  expect_not '[exit 0]'
  expect 'TERM'
  expect_terminal_restored
  passed
}

without_terminal() {
  step="stdout that is no terminal is refused in words"
  fresh_library
  rm -f "$work/out"
  start 'sh -c "$FATHOM_BIN library >out"'
  wait_for '[exit'
  expect_not '[exit 0]'
  expect 'terminal'
  [[ ! -s $work/out ]] || fail "nothing should be written to stdout"
  expect_terminal_restored
  passed
}

without_utf8() {
  step="LANG=C draws in ASCII"
  fresh_library
  start 'env LANG=C LC_ALL=C $FATHOM_BIN library'
  wait_for '352 documents'
  wait_for 'This handbook is'
  if screen | LC_ALL=C grep -q '[^ -~]'; then fail "only ASCII should be drawn"; fi
  send q
  wait_exit 0
  expect_terminal_restored
  passed
}

missing_folder() {
  step="a folder that is not there is refused in words"
  fresh_library
  start '$FATHOM_BIN nowhere'
  wait_exit 66
  expect 'nowhere'
  expect_terminal_restored
  passed
}

[[ -x $FATHOM_BIN ]] || { echo "tmux: there is no binary at $FATHOM_BIN; build it or set FATHOM_BIN" >&2; exit 1; }
command -v tmux >/dev/null || { echo "tmux: tmux is not installed" >&2; exit 1; }
open_terminal
for case in "${@:-all}"; do
  if [[ $case == all ]]; then
    edit_and_save
    every_screen
    suspended
    pasted
    tabs
    printed_marks
    exported
    exact_colours
    terminated
    crashed
    without_columns
    without_terminal_type
    without_terminal
    without_utf8
    missing_folder
  else
    "$case"
  fi
done
echo "tmux: all cases passed"
