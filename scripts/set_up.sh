# Sourced by the scripts beside it. `set_up SET` leaves $venv with Python, this project (editable) and the locked
# packages of SET: runtime, test or lock. Where that stands already it does nothing and needs no network.
# The caller's working folder becomes the root of the checkout.

# shellcheck shell=sh
set -eu
# Another installation's packages must not stand in front of the locked ones.
unset PYTHONHOME PYTHONPATH

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd -- "$root"
program=scripts/${0##*/}
venv=${POLICY_SEARCH_VENV:-.venv}
# It steers this script and is no setting of the program, which the scripts start.
unset POLICY_SEARCH_VENV
# Written last, taken away first: a set-up that was cut short leaves none. Line 1 is the root that the environment
# was made for (its scripts hold that path); each further line names a set and the fingerprint it was installed from.
record=$venv/.set-up

stop() {
    printf '%s: %s\n' "$program" "$1" >&2
    exit 2
}

# Prints MAJOR.MINOR, or fails: a version manager's shim is found on the PATH and yet may not run.
version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

is_supported() {
    case $1 in
        3.1[1-9] | 3.[2-9][0-9]) return 0 ;;
        *) return 1 ;;
    esac
}

# Sets $python to the interpreter that the environment is to be made from.
find_python() {
    without_venv=''
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3.13 python3.12 python3.11 python3
    fi
    for candidate in "$@"; do
        is_supported "$(version_of "$candidate")" || continue
        if "$candidate" -c 'import ensurepip, venv; ensurepip.version()' >/dev/null 2>&1; then
            python=$candidate
            return
        fi
        without_venv=$candidate
    done
    case ${without_venv##*/} in
        '') ;;
        python3.*) stop "$without_venv has no venv module; mend it with: apt-get install ${without_venv##*/}-venv" ;;
        *) stop "$without_venv has no venv module; mend it with: apt-get install python3-venv" ;;
    esac
    [ -z "${PYTHON:-}" ] || stop "PYTHON=$PYTHON is not a Python 3.11 or later that runs; mend it with: unset PYTHON"
    stop "there is no Python 3.11 or later that runs; mend it with: apt-get install python3 python3-venv"
}

# Sets $installed to the Python of an environment that is whole, made for this folder, and of the wanted Python.
find_installed() {
    installed=''
    [ "$(head -n 1 "$record" 2>/dev/null)" = "$root" ] || return 0
    found=$("$venv/bin/python" -c 'import pip, sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 0
    is_supported "$found" || return 0
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$found" ] || return 0
    installed=$found
}

fingerprint() {
    printf '%s %s\n' "$1" "$(cat pyproject.toml scripts/requirements/*.txt | cksum)"
}

pip_install() {
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-build-isolation --use-pep517 "$@" ||
        stop "the installation failed for the reason above; when that is mended (the first run needs a network), run it again"
}

set_up() {
    case $1 in
        runtime) lists='build runtime' covered='runtime' ;;
        test) lists='build test' covered='runtime test' ;;
        lock) lists='build test lock' covered='runtime test lock' ;;
    esac
    find_installed
    if [ -n "$installed" ] && grep -qxF -- "$(fingerprint "$1")" "$record"; then
        return
    fi
    started=$(date +%s)
    [ -n "$installed" ] || find_python
    { mkdir -p -- "$venv" && [ -w "$venv" ] && rm -f -- "$record"; } 2>/dev/null ||
        stop "cannot write to $root/$venv; mend it with: sudo chown -R $(id -un) '$root'"
    if [ -z "$installed" ]; then
        printf 'Making %s with %s; the first installation takes a minute or two.\n' "$venv" "$python" >&2
        "$python" -m venv --clear "$venv" || stop "$python could not make $root/$venv for the reason above"
    fi
    for list in $lists; do
        # jieba is published as source only; everything else comes as a wheel, so nothing needs a compiler. A list
        # is complete, and pip is not to resolve it again: it would look at releases that came after the lock.
        pip_install --no-deps --require-hashes --only-binary :all: --no-binary jieba \
            -r "scripts/requirements/$list.txt"
    done
    # Editable, so that what is edited is what runs.
    pip_install --no-deps --editable .
    {
        printf '%s\n' "$root"
        for name in $covered; do fingerprint "$name"; done
    } >"$record"
    printf 'Set up in %d s.\n' "$(($(date +%s) - started))" >&2
}
