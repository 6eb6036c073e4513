// The server core as conformance runners and load generators see it:
//   h1_subject [--port N]     prints "listening 127.0.0.1:N" and serves until SIGTERM or SIGINT.
#include <pthread.h>
#include <signal.h>

#include <iostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "http/event_loop.h"
#include "http/h1_handlers.h"
#include "http/server.h"

int main(int argc, char** argv) {
  std::string port = "0";
  for (int i = 1; i + 1 < argc; i += 2)
    if (std::string_view(argv[i]) == "--port") port = argv[i + 1];

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::stop_source stop;
  std::jthread waiter([&signals, &stop] {
    int signal = 0;
    sigwait(&signals, &signal);
    stop.request_stop();
  });

  candor::http::EventLoop loop;
  candor::http::H1Handlers handlers;
  const candor::http::Server server(loop, "127.0.0.1:" + port, handlers, {});
  std::cout << "listening " << server.address() << std::endl;
  loop.run(stop.get_token());
  return 0;
}
