"""The servers under test, each in a folder of its own on a port of its own, ended by its own pid."""
import contextlib
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import time

from figures import cpu_seconds

BUILD = pathlib.Path(os.environ.get('CANDOR_BUILD_DIR', pathlib.Path(__file__).resolve().parents[2] / 'build/release'))
PROGRAMS = BUILD / 'tests/bench'
NGINX = '/usr/sbin/nginx'
OPEN_FILES = 40_000


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, within=20):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f'{process.args[0]} ended with {process.returncode}')
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError(f'nothing listens on port {port}')


def fill_database(database, links):
    database.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([PROGRAMS / 'bench_site', 'fill', database, str(links)], check=True)


class Nginx:
    """`return 302` out of a map of all links; one worker, which is what Candor's one loop is measured against."""

    def __init__(self, folder, links, buffered):
        folder.mkdir()
        self.folder = folder
        self.port = free_port()
        (folder / 'map.conf').write_text(''.join(f'/go/{slug} "{url}";\n' for slug, url in links))
        log = f'access_log {folder}/access.log readers' + (' buffer=64k flush=1s;' if buffered else ';')
        (folder / 'nginx.conf').write_text(f'''
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn; worker_rlimit_nofile {OPEN_FILES};
events {{ worker_connections 16384; }}
http {{
  log_format readers '$http_x_forwarded_for - [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
  {log}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  map_hash_max_size 65536; map_hash_bucket_size 128;
  map $uri $target {{ default ""; include {folder}/map.conf; }}
  keepalive_requests 100000; keepalive_timeout 65s;
  server {{
    listen 127.0.0.1:{self.port} backlog=1024;
    location /go/ {{ if ($target = "") {{ return 404; }} return 302 $target; }}
  }}
}}
''')
        self.process = subprocess.Popen([NGINX, '-p', folder, '-c', folder / 'nginx.conf', '-e', folder / 'error.log'])
        try:
            wait_for_port(self.port, self.process)
            self.pids = [self.process.pid, *children_of(self.process.pid)]
        except BaseException:
            self.stop()
            raise

    def settle(self, answered):
        pass

    def stop(self):
        end_process(self.process)


class Candor:
    """`candor serve` on a database that holds the links already."""

    def __init__(self, folder, durability, more=''):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.data = folder / 'data'
        config = folder / 'candor.toml'
        config.write_text(f'[site]\nname = "Benchmark"\nurl = "https://blog.example"\n'
                          f'[redirect]\nlisten = "127.0.0.1:0"\ndurability = "{durability}"\n{more}\n'
                          f'[admin]\nlisten = "127.0.0.1:0"\n')
        begin = time.monotonic()
        self.process = subprocess.Popen([BUILD / 'candor', 'serve', '--config', config, '--json'],
                                        stdout=subprocess.PIPE, text=True)
        first = self.process.stdout.readline()
        self.start_seconds = time.monotonic() - begin
        if not first:
            raise RuntimeError(f'candor serve ended with {self.process.wait()}')
        self.port = int(json.loads(first)['redirect_url'].rpartition(':')[2])
        self.pids = [self.process.pid]
        self.answered = self.counted()

    def ask_for_row(self, question):
        with contextlib.closing(sqlite3.connect(f'file:{self.data}/candor.db?mode=ro', uri=True)) as database:
            return database.execute(question).fetchone()

    def ask(self, question):
        return self.ask_for_row(question)[0]

    def counted(self):
        """Clicks in the database, by their day counts: a look that costs the server nothing."""
        return self.ask('SELECT coalesce(sum(clicks), 0) FROM click_days')

    def settle(self, answered, within=60):
        """Waits until `answered` more clicks are in the database than last time; gives how long that took."""
        begin = time.monotonic()
        self.answered += answered
        while self.counted() < self.answered:
            if time.monotonic() - begin > within:
                raise RuntimeError(f'{self.answered - self.counted()} clicks are missing in the database')
            time.sleep(0.02)
        took = time.monotonic() - begin
        time.sleep(0.15)  # what was under way when the readers left
        return took

    def check_rows(self, connections):
        """302s received <= rows <= 302s + connections, over everything since the start."""
        # In one statement: among millions of rows, more come while they are counted.
        rows, counted = self.ask_for_row(
            'SELECT (SELECT count(*) FROM clicks), (SELECT coalesce(sum(clicks), 0) FROM click_days)')
        if not self.answered <= rows <= self.answered + connections or rows != counted:
            raise RuntimeError(f'{self.answered} redirects, {rows} rows, {counted} counted by day, {connections} connections')
        return rows

    def stop(self):
        end_process(self.process)


def children_of(pid):
    return [int(child) for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()]


def end_process(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout:
        process.stdout.close()


class Meter:
    """CPU a server takes between two moments."""

    def __init__(self, server):
        self.server = server
        self.begin = cpu_seconds(server.pids)

    def used(self):
        return cpu_seconds(self.server.pids) - self.begin
