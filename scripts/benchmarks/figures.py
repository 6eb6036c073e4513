"""Medians, tables, and what /proc knows of a process."""
import os
import pathlib
import platform
import statistics
import tempfile
import time

TICKS = os.sysconf('SC_CLK_TCK')
PAGE = os.sysconf('SC_PAGE_SIZE')


def median(values):
    return statistics.median(values)


def cpu_seconds(pids):
    """User and system time of the processes, their threads included, ended ones too."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_bytes(pid):
    return int(pathlib.Path(f'/proc/{pid}/statm').read_text().split()[1]) * PAGE


def peak_bytes(pid):
    """The most it ever had resident."""
    status = pathlib.Path(f'/proc/{pid}/status').read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith('VmHWM:'))


def folder_bytes(folder, suffix=''):
    """What the files occupy on the disk."""
    return sum(f.stat().st_blocks * 512 for f in pathlib.Path(folder).rglob('*')
               if f.is_file() and f.name.endswith(suffix))


def flush_micros(folder, count=200):
    """p50 and p99 of writing 4 KiB into a prepared file and syncing it."""
    took = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(bytes(4096 * count))
        file.flush()
        os.fsync(file.fileno())
        for n in range(count):
            os.pwrite(file.fileno(), os.urandom(4096), 4096 * n)
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - begin) * 1e6)
    took.sort()
    return took[count // 2], took[count * 99 // 100]


def print_machine(folder):
    model = next((line.partition(':')[2].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), '?')
    p50, p99 = flush_micros(folder)
    print(f'machine: {model}, {os.cpu_count()} cores, Linux {platform.release()}, '
          f'load {os.getloadavg()[0]:.1f} at the start')
    print(f'disk: 4 KiB write + fdatasync p50 {p50:.0f} us, p99 {p99:.0f} us')


def print_table(title, columns, rows):
    """`columns` are (name, format); the first one is text. None is printed as a dash."""
    cells = [[name for name, _ in columns]]
    for row in rows:
        cells.append([('-' if value is None else format(value, spec)) for value, (_, spec) in zip(row, columns)])
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    print(f'\n## {title}')
    for line in cells:
        print('  '.join(cell.ljust(width) if i == 0 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(line, widths))).rstrip())


def print_verdict(what, value, limit, text):
    """One line for each promise: `value` meets `limit` ("<= 1.5")."""
    relation, bound = limit.split()
    kept = value <= float(bound) if relation == '<=' else value >= float(bound)
    print(f'{"kept  " if kept else "MISSED"}  {what}: {text} (promised {limit})')
    return kept
