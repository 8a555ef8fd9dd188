"""What bash, zsh and fish are given: scripts that make them ask us, and words in the way each of them takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from aftercare.plain.text import printable
from aftercare.render.output import put

_BASH = """\
# bash completion for aftercare: eval "$(aftercare completion bash)"
_aftercare_completion() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            f) compopt -o default -o filenames 2>/dev/null ;;
            d) compopt -o dirnames -o filenames 2>/dev/null ;;
            p*) COMPREPLY+=("${line:1}") ;;
        esac
    done < <(_AFTERCARE_COMPLETE=bash_complete COMP_LINE="${COMP_LINE:0:COMP_POINT}" \\
        COMP_TYPE="$COMP_TYPE" COMP_WORDBREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null)
}
complete -o nosort -F _aftercare_completion aftercare"""
_ZSH = """\
#compdef aftercare
# zsh completion for aftercare: eval "$(aftercare completion zsh)", behind compinit
_aftercare() {
    local line kind value meaning
    local -a values shown
    while IFS= read -r line; do
        kind=${line%%$'\\t'*} line=${line#*$'\\t'}
        value=${line%%$'\\t'*} meaning=${line#*$'\\t'}
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            *) values+=("$value"); shown+=("$value${meaning:+  -- $meaning}") ;;
        esac
    done < <(_AFTERCARE_COMPLETE=zsh_complete "${words[1]}" "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( $#values )) && compadd -l -V aftercare -d shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _aftercare "$@"
else
    compdef _aftercare aftercare
fi"""
_FISH = """\
# fish completion for aftercare: aftercare completion fish | source
function __aftercare_completion
    set -l before (commandline -opc)
    set -l typed (commandline -ct | string unescape)
    for line in (_AFTERCARE_COMPLETE=fish_complete $before[1] $before[2..-1] "$typed" 2>/dev/null)
        set -l parts (string split -m 2 \\t -- $line)
        switch $parts[1]
            case file
                __fish_complete_path (commandline -ct)
            case dir
                __fish_complete_directories (commandline -ct)
            case '*'
                printf '%s\\t%s\\n' $parts[2] $parts[3]
        end
    end
end
complete --no-files --keep-order --command aftercare --arguments '(__aftercare_completion)'"""
SCRIPTS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""What makes each shell ask."""
_QUOTED = " \t\"'\\$`&|;<>()*?[]{}~#!\n"
"""What bash takes for more than itself in a word without quotation marks."""
_IN_QUOTES = {'"': '"$`\\', "'": ""}
_LISTING = "63"
"""What bash says where it is to show the words and not to put any of them in."""


class Candidate(NamedTuple):
    """A word that may be put in: its sort ("plain"; "file" and "dir" leave it to the shell), the word, its meaning."""

    sort: str
    word: str
    meaning: str = ""


class BashLine(NamedTuple):
    """A line of bash up to where it is completed.

    Bash takes more signs for the end of a word than we do (``:`` and ``=``), and puts in only what stands behind the
    last of them: ``part`` is what it has of ``word`` already.
    """

    words: list[str]
    word: str
    quote: str
    part: str
    is_listing: bool

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> BashLine:
        """The line up to the cursor, as the environment of the script holds it."""
        *words, word = split(environment.get("COMP_LINE", ""))
        breaks = "".join(set(environment.get("COMP_WORDBREAKS", "")) & {":", "="})
        last = -1 if word.quote else max((word.text.rfind(sign) for sign in breaks), default=-1)
        is_listing = environment.get("COMP_TYPE") == _LISTING
        return cls([one.text for one in words], word.text, word.quote, word.text[: last + 1], is_listing)


class Word(NamedTuple):
    """A word of a line as the shell understands it, and the quotation mark that is still open in it."""

    text: str
    quote: str


def split(line: str) -> list[Word]:
    """The words of a line; the last one, which may be empty, is the one that is being typed."""
    words: list[Word] = []
    text, quote, begun = "", "", False
    signs = iter(line)
    for sign in signs:
        if quote == "'" or (quote and sign not in '"\\'):
            text, quote = (text, "") if sign == quote else (text + sign, quote)
        elif sign == "\\":
            text, begun = text + next(signs, ""), True
        elif sign == quote:
            quote = ""
        elif not quote and sign in "\"'":
            quote, begun = sign, True
        elif not quote and sign in " \t":
            if text or begun:
                words.append(Word(text, ""))
            text, begun = "", False
        else:
            text += sign
    return [*words, Word(text, quote)]


def put_for_bash(found: Iterable[Candidate], line: BashLine) -> None:
    """Words for bash, quoted as the line has begun; with their meaning where they are only shown."""
    told = list(_shown(found))
    for one in told:
        if one.sort != "plain":
            put(one.sort[0])
        elif one.word.startswith(line.part):
            rest = one.word.removeprefix(line.part)
            is_told = line.is_listing and one.meaning and len(told) > 1
            put(f"p{rest}  ({one.meaning})" if is_told else f"p{_quoted(rest, line.quote)}")


def _quoted(text: str, quote: str) -> str:
    escaped = _IN_QUOTES.get(quote, _QUOTED)
    if quote == "'":
        return text.replace("'", "'\\''")
    return "".join(f"\\{sign}" if sign in escaped else sign for sign in text)


def put_candidates(found: Iterable[Candidate]) -> None:
    """Words for zsh and fish, which quote them themselves: the sort, the word and its meaning, a tab between them."""
    from aftercare.render.output import put_data

    for one in _shown(found):
        put_data(f"{one.sort}\t{one.word}\t{printable(one.meaning)}")


def _shown(found: Iterable[Candidate]) -> Iterable[Candidate]:
    """Those that can be typed as they are shown, each once."""
    seen: set[str] = set()
    for one in found:
        if one.word not in seen and printable(one.word) == one.word:
            seen.add(one.word)
            yield one._replace(meaning=printable(one.meaning))
