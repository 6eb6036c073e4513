"""Candor and nginx side by side: closed loop, then open loop."""
import contextlib
import sqlite3

from figures import median, print_table, print_verdict
from load import Requests, run_open_loop, run_wrk
from servers import Candor, Nginx, fill_database

LINKS = 10_000
SERVERS = ['nginx buffered log', 'nginx unbuffered log', 'candor process', 'candor power']
BASE = SERVERS[0]


@contextlib.contextmanager
def four_servers(folder):
    """All started at once: idle ones take nothing from the one under load."""
    with contextlib.ExitStack() as stack:
        servers = {}
        for name, durability in (('candor process', 'process'), ('candor power', 'power')):
            home = folder / durability
            fill_database(home / 'data/candor.db', LINKS)
            servers[name] = Candor(home, durability)
            stack.callback(servers[name].stop)
        with contextlib.closing(sqlite3.connect(folder / 'process/data/candor.db')) as database:
            links = database.execute('SELECT slug, destination FROM links').fetchall()
        for name, buffered in (('nginx buffered log', True), ('nginx unbuffered log', False)):
            servers[name] = Nginx(folder / name.replace(' ', '-'), links, buffered)
            stack.callback(servers[name].stop)
        yield {name: servers[name] for name in SERVERS}


def interleave(servers, rounds, measure):
    """Medians of each figure, the servers taking turns and each round beginning with another one."""
    runs = {name: [] for name in servers}
    order = list(servers)
    for n in range(rounds):
        for name in order[n % len(order):] + order[:n % len(order)]:
            runs[name].append(measure(servers[name]))
    return {name: {key: median([run[key] for run in all_runs if run[key] is not None]) if all_runs[0][key] is not None
                   else None for key in all_runs[0]} for name, all_runs in runs.items()}


def closed_loop(servers, requests, rounds, seconds):
    verdicts = []
    for title, connections, close in (('64 connections, keep-alive', 64, False),
                                      ('256 connections, keep-alive', 256, False),
                                      ('64 connections, Connection: close', 64, True)):
        figures = interleave(servers, rounds,
                             lambda server: run_wrk(server, requests.draw(close), connections, seconds))
        base = figures[BASE]
        rows = [(name, f['rate'], f['rate'] / base['rate'], f['p50_us'], f['p99_us'], f['p999_us'], f['cpu_us'],
                 f['cpu_us'] / base['cpu_us'], f['lag_s']) for name, f in figures.items()]
        print_table(f'Closed loop, {title} (medians of {rounds} x {seconds} s)',
                    [('server', ''), ('req/s', ',.0f'), ('ratio', '.2f'), ('p50 us', ',.0f'), ('p99 us', ',.0f'),
                     ('p99.9 us', ',.0f'), ('CPU us/req', '.2f'), ('ratio', '.2f'), ('lag s', '.2f')], rows)
        verdicts += closed_loop_verdicts(title, connections, close, base, figures)
    return verdicts


def closed_loop_verdicts(title, connections, close, base, figures):
    process, power = figures['candor process'], figures['candor power']
    if close:
        return []
    rate, cpu = process['rate'] / base['rate'], process['cpu_us'] / base['cpu_us']
    power_rate = power['rate'] / base['rate']
    return [(f'process, {title}: req/s against nginx', rate, '>= 1.0', f'{rate:.2f} x'),
            (f'process, {title}: CPU against nginx', cpu, '<= 1.0', f'{cpu:.2f} x'),
            (f'power, {title}: req/s against nginx', power_rate, '>= 0.75' if connections == 64 else '>= 0.95',
             f'{power_rate:.2f} x')]


def open_loop(servers, requests, rounds, milliseconds):
    verdicts = []
    for rate in (10_000, 30_000):
        figures = interleave(servers, rounds,
                             lambda server: run_open_loop(server, requests.draw(), rate, milliseconds))
        base = figures[BASE]
        rows = [(name, f['p50_us'], f['p99_us'], f['p99_us'] / base['p99_us'], f['p999_us'], f['cpu_us'],
                 f['cpu_us'] / base['cpu_us'], f['lag_s']) for name, f in figures.items()]
        print_table(f'Open loop, {rate:,} req/s over 64 connections (medians of {rounds} x {milliseconds / 1000:g} s)',
                    [('server', ''), ('p50 us', ',.0f'), ('p99 us', ',.0f'), ('ratio', '.2f'), ('p99.9 us', ',.0f'),
                     ('CPU us/req', '.2f'), ('ratio', '.2f'), ('lag s', '.2f')], rows)
        if rate == 10_000:
            ratio = figures['candor process']['p99_us'] / base['p99_us']
            verdicts.append(('process, open loop 10,000 req/s: p99 against nginx', ratio, '<= 1.5', f'{ratio:.2f} x'))
    return verdicts


def run(folder, quick):
    rounds, seconds, milliseconds = (1, 1, 300) if quick else (5, 2, 2000)
    requests = Requests(folder, LINKS, 2_000 if quick else 150_000)
    with four_servers(folder) as servers:
        verdicts = closed_loop(servers, requests, rounds, seconds)
        verdicts += open_loop(servers, requests, rounds if quick else 3, milliseconds)
        # Each run leaves at most its connections' clicks behind that were answered to nobody.
        unheard = rounds * (64 + 256 + 64)
        print('\n## Rows: 302s received <= rows in the database <= 302s + connections of all runs')
        for name in ('candor process', 'candor power'):
            server = servers[name]
            print(f'{name}: {server.answered:,} <= {server.check_rows(unheard):,} <= {server.answered + unheard:,}')
    return verdicts
