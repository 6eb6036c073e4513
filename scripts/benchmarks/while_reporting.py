"""Redirects while reports are read: what the readers of articles, who are elsewhere, feel of the owner's questions."""
import contextlib
import json
import threading

from figures import median, print_table
from load import Requests, run_open_loop, run_wrk
from many_links import LocalDoor
from servers import Candor, fill_database

LINKS = 10_000
RATE = 2_000
OWNERS = 2
# All of one open day, whose clicks are rows: what reports find hardest.
QUESTIONS = ['/api/v1/reports?by=country', '/api/v1/reports?by=merchant', '/api/v1/reports/articles',
             '/api/v1/clicks/slices?by=country,device,placement', '/api/v1/overview']


class Owners:
    """Ask one question after the other until they are told to stop."""

    def __init__(self, server):
        self.path = json.loads((server.data / 'run.json').read_text())['socket']
        self.stop = threading.Event()
        self.answers = 0
        self.failed = None
        self.threads = [threading.Thread(target=self.ask, args=(n,)) for n in range(OWNERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if self.failed:
            raise RuntimeError(self.failed)

    def ask(self, n):
        with contextlib.closing(LocalDoor(self.path)) as door:
            while not self.stop.is_set():
                n += 1
                question = QUESTIONS[n % len(QUESTIONS)]
                door.request('GET', question)
                answer = door.getresponse()
                body = answer.read()
                if answer.status != 200:
                    self.failed = f'{question}: {answer.status} {body[:200]}'
                    return
                self.answers += 1


def run(folder, quick, clicks):
    home = folder / 'reports'
    fill_database(home / 'data/candor.db', LINKS)
    server = Candor(home, 'process')
    requests = Requests(folder, LINKS, 2_000 if quick else 50_000)
    milliseconds, rounds = (500, 1) if quick else (4_000, 5)
    runs = {'alone': [], 'while reports run': []}
    with contextlib.ExitStack() as stack:
        stack.callback(server.stop)
        while server.answered < clicks:
            run_wrk(server, requests.draw(), 256, 1 if quick else 5)
        answers = 0
        for _ in range(rounds):
            runs['alone'].append(run_open_loop(server, requests.draw(), RATE, milliseconds, first=True))
            with Owners(server) as owners:
                runs['while reports run'].append(run_open_loop(server, requests.draw(), RATE, milliseconds, first=True))
            answers += owners.answers
    medians = {name: {key: median([each[key] for each in all_runs]) for key in ('p50_us', 'p99_us', 'p999_us')}
               for name, all_runs in runs.items()}
    print_table(f'{RATE:,} redirects/s, {server.answered:,} clicks of today as rows, {OWNERS} owners asking '
                f'(medians of {rounds}; {answers} answers)',
                [('', ''), ('p50 us', ',.0f'), ('p99 us', ',.0f'), ('p99.9 us', ',.0f')],
                [(name, *figures.values()) for name, figures in medians.items()])
    ratio = medians['while reports run']['p99_us'] / medians['alone']['p99_us']
    return [('p99 of redirects while reports run, against without', ratio, '<= 1.5', f'{ratio:.2f} x')]
