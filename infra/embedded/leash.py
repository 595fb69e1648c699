"""Becomes another program, which then ends when the process that started it dies.

Run as a script of its own, not as `preexec_fn`: that one runs between fork and exec of a
process with threads, where Python promises nothing. The process id stays the same throughout.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Step down to the account given, tie the knot, become the command."""
    parent, ending, uid, gid, *command = sys.argv[1:]
    # Python ignores SIGPIPE, and ignored signals are inherited through exec.
    for number in (signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        # After setuid: a change of user unties it.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(ending), 0, 0, 0)
        if os.getppid() != int(parent):  # it died before the knot was tied
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - the command is our own table's


if __name__ == "__main__":
    main()
