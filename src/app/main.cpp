#include <exception>
#include <iostream>

#include "app/cli.h"

int main(int argc, char** argv) {
  try {
    return candor::app::run_cli(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "candor: " << error.what() << '\n';
    return candor::app::kFailed;
  }
}
