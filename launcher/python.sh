# Sets PYTHON to an interpreter that the site runs on. Sourced by ./run and ./test.
for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        PYTHON=$candidate
        return 0
    fi
done
case "${LANG:-}" in
id*) echo "Balai Belajar membutuhkan Python 3.11, 3.12, atau 3.13; pasang dahulu, misalnya: sudo apt install python3 python3-venv" >&2 ;;
*) echo "Balai Belajar needs Python 3.11, 3.12 or 3.13; install one first, for example: sudo apt install python3 python3-venv" >&2 ;;
esac
exit 1
