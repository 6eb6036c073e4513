// One benchmark for each step of a click, so that a regression is found by its step.
#include <benchmark/benchmark.h>
#include <sodium.h>

int main(int argc, char** argv) {
  if (::sodium_init() < 0) return 1;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
