"""Readers: closed loop with wrk, open loop with our own generator."""
import json
import pathlib
import subprocess

from servers import PROGRAMS, Meter

WRK = '/usr/bin/wrk'
LUA = pathlib.Path(__file__).with_name('wrk_requests.lua')


class Requests:
    """Files of requests by random readers for random links; each file is drawn anew."""

    def __init__(self, folder, links, count):
        self.folder, self.links, self.count, self.seed = folder, links, count, 0

    def draw(self, close=False):
        self.seed += 1
        file = self.folder / f'requests-{"close" if close else "keep"}.http'
        subprocess.run([PROGRAMS / 'bench_site', 'requests', file, str(self.count), str(self.links), str(self.seed),
                        *(['close'] if close else [])], check=True)
        return file


def run_wrk(server, requests, connections, seconds):
    """wrk's figures, and the CPU the server took for them until everything was in its database."""
    meter = Meter(server)
    run = subprocess.run([WRK, '-t1', f'-c{connections}', f'-d{seconds}s', '--timeout', '10s', '-s', LUA,
                          f'http://127.0.0.1:{server.port}/', '--', requests], capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout.splitlines()[-1])
    failed = figures['connect'] + figures['write'] + figures['status'] + figures['timeout']
    if failed:
        raise RuntimeError(f'wrk: {failed} requests failed: {figures}')
    figures['lag_s'] = server.settle(figures['requests'])
    figures['cpu_us'] = meter.used() * 1e6 / max(figures['requests'], 1)
    figures['rate'] = figures['requests'] / figures['seconds']
    return figures


def run_open_loop(server, requests, rate, milliseconds, connections=64, first=False):
    """`first`: the readers never wait for a processor of this machine."""
    meter = Meter(server)
    run = subprocess.run([PROGRAMS / 'open_loop', '--port', str(server.port), '--rate', str(rate), '--milliseconds',
                          str(milliseconds), '--connections', str(connections), '--requests', requests,
                          *(['--first'] if first else [])],
                         stdout=subprocess.PIPE, text=True, check=True)
    figures = json.loads(run.stdout)
    if figures['redirects'] != figures['requests']:
        raise RuntimeError(f'open loop: not every request was redirected: {figures}')
    figures['lag_s'] = server.settle(figures['redirects'])
    figures['cpu_us'] = meter.used() * 1e6 / max(figures['answered'], 1)
    return figures
