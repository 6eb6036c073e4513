"""Millions of clicks in one go: what grows, and what must not."""
import contextlib
import json
import subprocess
import threading

from figures import folder_bytes, print_table, resident_bytes
from load import Requests, run_wrk
from servers import PROGRAMS, Candor, fill_database

LINKS = 10_000
SEGMENT_BYTES = 16 << 20


class Watch:
    """Looks at memory, journal and write-ahead log while readers click; keeps the largest of each."""

    def __init__(self, server):
        self.server = server
        self.resident = self.journal = self.wal = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()

    def look(self):
        while not self.stop.wait(0.1):
            self.resident = max(self.resident, resident_bytes(self.server.pids[0]))
            with contextlib.suppress(FileNotFoundError):  # a segment that was deleted meanwhile
                self.journal = max(self.journal, folder_bytes(self.server.data / 'journal'))
            self.wal = max(self.wal, (self.server.data / 'candor.db-wal').stat().st_size)


def journal_position(server):
    return server.ask('SELECT segment FROM journal_position') * SEGMENT_BYTES + server.ask(
        'SELECT byte_offset FROM journal_position')


def catch_up_rate():
    """Clicks a second from a full journal into an empty database, of CPU time and of the clock's."""
    run = subprocess.run([PROGRAMS / 'step_bench', '--benchmark_filter=absorb_click/500000', '--benchmark_format=json',
                          '--benchmark_min_time=2'], capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout)['benchmarks'][0]
    return 500_000 / (figures['cpu_time'] / 1e3), 500_000 / (figures['real_time'] / 1e3)


def run(folder, quick, clicks):
    home = folder / 'volume'
    fill_database(home / 'data/candor.db', LINKS)
    server = Candor(home, 'process')
    requests = Requests(folder, LINKS, 2_000 if quick else 150_000)
    quarters = []
    with contextlib.ExitStack() as stack:
        stack.callback(server.stop)
        begin = journal_position(server)
        for quarter in range(1, 5):
            rates, lags = [], []
            with Watch(server) as watch:
                while not rates or server.answered < clicks * quarter / 4:
                    figures = run_wrk(server, requests.draw(), 256, 1 if quick else 5)
                    rates.append(figures['rate'])
                    lags.append(figures['lag_s'])
            quarters.append((f'{server.answered:,}', sum(rates) / len(rates), max(lags), watch.resident / 1e6,
                             watch.journal / 1e6, watch.wal / 1e6))
        rows = server.check_rows(256 * 1000)
        journal = (journal_position(server) - begin) / rows
    database = (home / 'data/candor.db').stat().st_size / rows
    print_table('Volume, 256 connections keep-alive, durability process',
                [('clicks', ''), ('req/s', ',.0f'), ('lag s', '.2f'), ('resident MB', '.1f'), ('journal MB', '.1f'),
                 ('WAL MB', '.1f')], quarters)
    print(f'bytes per click: {database:.1f} in the database, {journal:.1f} in the journal')
    rate, by_clock = (1.0, 1.0) if quick else catch_up_rate()
    print(f'catching up: {rate:,.0f} clicks per second of CPU, {by_clock:,.0f} by the clock')
    growth = quarters[-1][3] / quarters[0][3]
    return [('resident memory, last quarter against first', growth, '<= 1.1', f'{growth:.2f} x'),
            ('bytes per click in the database', database, '<= 80', f'{database:.1f}'),
            ('bytes per click in the journal', journal, '<= 80', f'{journal:.1f}'),
            ('absorb lag at full pace', max(q[2] for q in quarters), '<= 2', f'{max(q[2] for q in quarters):.2f} s'),
            ('absorber catching up, clicks/s', by_clock, '>= 500000', f'{by_clock:,.0f}')]
