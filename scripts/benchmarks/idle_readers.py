"""Thousands of idle connections and slow senders beside readers who want to be served."""
import contextlib
import subprocess

from figures import print_table, resident_bytes
from load import Requests, run_open_loop
from servers import PROGRAMS, Candor, fill_database

LINKS = 10_000


@contextlib.contextmanager
def crowd(server, requests, idle, slow):
    process = subprocess.Popen([PROGRAMS / 'idle_crowd', '--port', str(server.port), '--idle', str(idle), '--slow',
                                str(slow), '--requests', requests], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline() != 'ready\n':
            raise RuntimeError(f'the crowd did not get in: {process.wait()}')
        yield
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def run(folder, quick):
    idle, slow, milliseconds = (300, 30, 300) if quick else (9_500, 300, 3000)
    home = folder / 'crowd'
    fill_database(home / 'data/candor.db', LINKS)
    server = Candor(home, 'process')
    with contextlib.ExitStack() as stack:
        stack.callback(server.stop)
        requests = Requests(folder, LINKS, 2_000 if quick else 150_000).draw()
        run_open_loop(server, requests, 10_000, milliseconds)  # warms up what is made once
        alone = run_open_loop(server, requests, 10_000, milliseconds)
        before = resident_bytes(server.pids[0])
        with crowd(server, requests, idle, slow):
            per_connection = (resident_bytes(server.pids[0]) - before) / (idle + slow)
            beside = run_open_loop(server, requests, 10_000, milliseconds)
    print_table('Idle and slow readers, 10,000 req/s open loop beside them',
                [('crowd', ''), ('p50 us', ',.0f'), ('p99 us', ',.0f'), ('p99.9 us', ',.0f'), ('CPU us/req', '.2f')],
                [(name, f['p50_us'], f['p99_us'], f['p999_us'], f['cpu_us'])
                 for name, f in (('none', alone), (f'{idle:,} idle, {slow:,} slow', beside))])
    print(f'memory per connection of the crowd: {per_connection:,.0f} bytes')
    ratio = beside['p99_us'] / alone['p99_us']
    return [('p99 beside a crowd against without', ratio, '<= 2', f'{ratio:.2f} x'),
            ('memory per idle connection', per_connection, '<= 4096', f'{per_connection:,.0f} bytes')]
