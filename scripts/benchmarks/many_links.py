"""A million links: start, memory, the cost of a look-up, and a reload under load."""
import contextlib
import http.client
import json
import shutil
import socket
import sqlite3
import subprocess
import threading
import time

from figures import cpu_seconds, median, peak_bytes, print_table, resident_bytes
from load import Requests, run_open_loop, run_wrk
from servers import PROGRAMS, Candor, fill_database

FEW, MANY = 10_000, 1_000_000


class LocalDoor(http.client.HTTPConnection):
    """The owner's API on its Unix socket."""

    def __init__(self, path):
        super().__init__('localhost')
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def add_link(server, slug):
    door = LocalDoor(json.loads((server.data / 'run.json').read_text())['socket'])
    with contextlib.closing(door):
        door.request('POST', '/api/v1/links', json.dumps({'slug': slug, 'destination': 'https://shop.example/' + slug}),
                     {'Content-Type': 'application/json'})
        answer = door.getresponse()
        if answer.status not in (200, 201):
            raise RuntimeError(f'link not added: {answer.status} {answer.read()}')


def text_bytes(database):
    """Of a link's strings in memory: its slug, and its destination with the place of the token."""
    with contextlib.closing(sqlite3.connect(database)) as links:
        return links.execute('SELECT avg(length(slug) + length(destination)) FROM links').fetchone()[0] + len('&clickref=')


def start_twice(home):
    """From the database alone, then as every later start, with links.snapshot there. Leaves the second one running."""
    first = Candor(home, 'process')
    first.stop()
    again = Candor(home, 'process')
    return first.start_seconds, again.start_seconds, again


def settle(server, within=60):
    """Waits until what a start leaves to do (the table read anew, links exported) is done."""
    end = time.monotonic() + within
    used = -1
    while (now := cpu_seconds(server.pids)) - used > 0.05 and time.monotonic() < end:
        used = now
        time.sleep(1)


def look_up_nanoseconds():
    """Of every link alike, and of links as popular as readers make them; for few links and for many."""
    run = subprocess.run([PROGRAMS / 'step_bench', '--benchmark_filter=find_(popular_)?link/', '--benchmark_format=json',
                          '--benchmark_repetitions=3'], capture_output=True, text=True, check=True)
    took = {}
    for each in json.loads(run.stdout)['benchmarks']:
        if each['run_type'] == 'iteration':
            took.setdefault(each['run_name'], []).append(each['cpu_time'])
    return {count: [median(took[f'{name}/{count}']) for name in ('find_link', 'find_popular_link')]
            for count in (FEW, MANY)}


def reload_under_load(server, requests, milliseconds):
    """p99 without and with links being added all the time; no request may go unanswered (run_open_loop checks)."""
    quiet = run_open_loop(server, requests, 5_000, milliseconds)
    stop = threading.Event()
    added = []

    def keep_adding():
        while not stop.is_set():
            add_link(server, f'added-{len(added):04d}')
            added.append(server)
            stop.wait(0.2)

    adder = threading.Thread(target=keep_adding)
    adder.start()
    try:
        busy = run_open_loop(server, requests, 5_000, milliseconds)
    finally:
        stop.set()
        adder.join()
    return quiet, busy, len(added)


def run(folder, quick):
    many = 20_000 if quick else MANY
    seconds, milliseconds = (1, 300) if quick else (3, 5000)
    resident, peak, cpu, starts = {}, {}, {}, {}
    for count in (FEW, many):
        home = folder / f'links-{count}'
        fill_database(home / 'data/candor.db', count)
        text = text_bytes(home / 'data/candor.db')
        cold, warm, server = start_twice(home)
        with contextlib.ExitStack() as stack:
            stack.callback(shutil.rmtree, home)
            stack.callback(server.stop)
            starts[count] = (cold, warm)
            settle(server)
            resident[count], peak[count] = resident_bytes(server.pids[0]), peak_bytes(server.pids[0])
            requests = Requests(folder, count, 2_000 if quick else 150_000).draw()
            cpu[count] = run_wrk(server, requests, 64, seconds)['cpu_us']
            if count == many:
                quiet, busy, added = reload_under_load(server, requests, milliseconds)
    look_ups = look_up_nanoseconds() if not quick else {FEW: (1.0, 1.0), MANY: (1.0, 1.0)}
    beyond = (resident[many] - resident[FEW]) / (many - FEW) - text
    print_table('Many links', [('links', ''), ('start s', '.2f'), ('with snapshot s', '.2f'), ('resident MB', ',.1f'),
                               ('at most MB', ',.1f'), ('look-up ns', '.1f'), ('popular ns', '.1f'), ('CPU us/req', '.2f')],
                [(f'{count:,}', *starts[count], resident[count] / 1e6, peak[count] / 1e6, *ns, cpu[count])
                 for count, ns in ((FEW, look_ups[FEW]), (many, look_ups[MANY]))])
    print(f'memory per link: {beyond + text:.0f} bytes, {beyond:.0f} of them beyond its strings')
    print_table('Reload under load, 5,000 req/s open loop', [('links', ''), ('p50 us', ',.0f'), ('p99 us', ',.0f'),
                                                             ('p99.9 us', ',.0f'), ('redirected', ',d')],
                [(name, f['p50_us'], f['p99_us'], f['p999_us'], f['redirects'])
                 for name, f in (('quiet', quiet), (f'{added} added meanwhile', busy))])
    ratio = busy['p99_us'] / quiet['p99_us']
    slower = [many_ns / few_ns for few_ns, many_ns in zip(look_ups[FEW], look_ups[MANY])]
    return [('start with a million links', max(starts[many]), '<= 3', f'{max(starts[many]):.2f} s'),
            ('memory per link beyond its strings', beyond, '<= 300', f'{beyond:.0f} bytes'),
            ('look-up of any link, a million against 10,000', slower[0], '<= 1.3', f'{slower[0]:.2f} x'),
            ('look-up of popular links, a million against 10,000', slower[1], '<= 1.3', f'{slower[1]:.2f} x'),
            ('CPU per request, a million links against 10,000', cpu[many] / cpu[FEW], '<= 1.3',
             f'{cpu[many] / cpu[FEW]:.2f} x'),
            ('reload under load: p99 against quiet', ratio, '<= 3', f'{ratio:.2f} x')]
