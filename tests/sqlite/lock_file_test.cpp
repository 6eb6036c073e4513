#include "sqlite/lock_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "contract/store_contract.h"
#include "store/errors.h"

namespace candor::sqlite {
namespace {

using contract::TemporaryDirectory;

TEST(LockFile, NamesItsOwnerToAContender) {
  const TemporaryDirectory folder;
  const auto path = folder.path / "candor.db.lock";
  const LockFile owner(path);
  try {
    const LockFile contender(path);
    FAIL() << "locked twice";
  } catch (const store::Busy& busy) {
    EXPECT_EQ(busy.pid, ::getpid());
    EXPECT_EQ(busy.what(), "owned by pid " + std::to_string(::getpid()));
  }
}

TEST(LockFile, IsFreeAgainAfterItsOwner) {
  const TemporaryDirectory folder;
  const auto path = folder.path / "candor.db.lock";
  {
    const LockFile owner(path);
  }
  const LockFile next(path);
  std::ifstream file(path);
  long pid = 0;
  file >> pid;
  EXPECT_EQ(pid, ::getpid());
}

TEST(LockFile, EndsWithAProcessThatDies) {
  const TemporaryDirectory folder;
  const auto path = folder.path / "candor.db.lock";
  const pid_t child = ::fork();
  if (child == 0) {
    const LockFile owner(path);
    ::_exit(0);  // without running the destructor
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_NO_THROW(LockFile{path});
}

TEST(LockFile, SaysWhyItsFolderCannotBeUsed) {
  const TemporaryDirectory folder;
  try {
    const LockFile owner(folder.path / "missing" / "candor.db.lock");
    FAIL();
  } catch (const store::Broken& broken) {
    EXPECT_NE(std::string(broken.what()).find("No such file or directory"), std::string::npos)
        << broken.what();
  }
}

}  // namespace
}  // namespace candor::sqlite
