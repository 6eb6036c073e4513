// Runs the conformance vectors that lie beside the source tree against the h1_subject program.
#include <Poco/Pipe.h>
#include <Poco/PipeStream.h>
#include <Poco/Process.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

std::filesystem::path vectors_folder() {
  const char* given = std::getenv("CANDOR_H1");
  return given != nullptr ? given : CANDOR_SOURCE_DIR "/../shared/http";
}

}  // namespace

TEST(H1Conformance, EveryVectorPasses) {
  const std::filesystem::path folder = vectors_folder();
  const std::filesystem::path runner = folder / "run_h1.mjs";
  if (!std::filesystem::exists(runner)) {
    std::cout << "The conformance vectors are MISSING: no " << runner
              << " (set CANDOR_H1 to their folder). request_reader_test holds our own.\n";
    GTEST_SKIP();
  }
  Poco::Pipe output;
  Poco::ProcessHandle subject =
      Poco::Process::launch(H1_SUBJECT, {"--port", "0"}, nullptr, &output, nullptr);
  Poco::PipeInputStream lines(output);
  std::string line;
  std::getline(lines, line);
  const std::size_t colon = line.rfind(':');
  EXPECT_NE(colon, std::string::npos) << line;
  if (colon != std::string::npos) {
    Poco::ProcessHandle node =
        Poco::Process::launch("node", {runner.string(), "--port", line.substr(colon + 1), "--data",
                                       (folder / "h1_dev.json").string(), "--verbose", "--max-fail",
                                       "0", "--min-pass", "64"});
    EXPECT_EQ(node.wait(), 0);
  }
  Poco::Process::requestTermination(subject.id());
  EXPECT_EQ(subject.wait(), 0);
}
