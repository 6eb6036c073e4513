#include "bench/journal_parts.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <string>

#include "bench/clicks.h"
#include "bench/journal_designs.h"
#include "journal/disk.h"
#include "journal/segment_files.h"
#include "journal/segment_packer.h"
#include "journal/segment_writer.h"

namespace candor::bench {
namespace {

constexpr std::uint64_t kSegmentBytes = 16u << 20;
constexpr std::size_t kGroup = 64;

class Figures {
 public:
  /// Adds what `f` takes, in microseconds divided by `share`.
  template <class F>
  void time(const std::string& part, double share, F f) {
    const auto begin = std::chrono::steady_clock::now();
    f();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    micros_[part].push_back(took.count() / share);
  }
  void print() const {
    std::printf("{");
    const char* between = "";
    for (const auto& [part, values] : micros_) {
      std::printf("%s\"%s\": [", between, part.c_str());
      for (std::size_t n = 0; n < values.size(); ++n)
        std::printf("%s%.3f", n == 0 ? "" : ", ", values[n]);
      std::printf("]");
      between = ", ";
    }
    std::printf("}\n");
  }

 private:
  std::map<std::string, std::vector<double>> micros_;
};

/// Fills what is left of a 16 MiB file with zeros.
void fill(journal::File& file) {
  const std::string zeroes(1u << 20, '\0');
  for (std::uint64_t at = 0; at < kSegmentBytes; at += zeroes.size()) file.write_at(at, zeroes);
}

void prepare_and_sync(Figures& figures, const std::vector<Click>& clicks) {
  const TemporaryFolder folder;
  journal::Disk& disk = journal::real_disk();
  std::unique_ptr<journal::File> prepared;
  figures.time("prepare 16 MiB", 1, [&] {
    prepared = disk.create(folder.path / "prepared");
    fill(*prepared);
    prepared->sync();
    disk.sync_directory(folder.path);
  });
  const std::unique_ptr<journal::File> growing = disk.create(folder.path / "growing");
  journal::SegmentPacker packer(1, kSegmentBytes);
  for (std::size_t group = 0; group < 40; ++group) {
    for (std::size_t n = 0; n < kGroup; ++n)
      packer.add(clicks[(group * kGroup + n) % clicks.size()]);
    const auto sync_group = [&](journal::File& file) {
      file.write_at(packer.offset(), packer.pending());
      file.sync();
    };
    figures.time("sync a group of 64, prepared file", 1, [&] { sync_group(*prepared); });
    figures.time("sync a group of 64, growing file", 1, [&] { sync_group(*growing); });
    packer.mark_written();
  }
}

/// The commit that begins a segment, when it was prepared in time.
void rotate(Figures& figures, const std::vector<Click>& clicks) {
  const TemporaryFolder folder;
  journal::SegmentWriter segments({.directory = folder.path, .segment_bytes = 256u << 10},
                                  journal::real_disk(), 1);
  std::size_t rotations = 0;
  for (std::size_t at = 0; rotations < 10; at += kGroup) {
    std::size_t n = 0;
    while (n < kGroup && segments.add(clicks[(at + n) % clicks.size()])) ++n;
    segments.commit();
    if (n == kGroup) continue;
    ++rotations;
    figures.time("rotate: close, begin, sync", 1, [&] {
      segments.close();
      segments.add(clicks[at % clicks.size()]);
      segments.commit();
    });
  }
  segments.close();
}

/// A full segment that a crash left open, taken over and read.
void recover(Figures& figures, const std::vector<Click>& clicks) {
  const TemporaryFolder folder;
  std::size_t count = 0;
  {
    journal::SegmentWriter segments({.directory = folder.path, .segment_bytes = kSegmentBytes},
                                    journal::real_disk(), 1);
    while (segments.add(clicks[count % clicks.size()])) ++count;
    segments.commit();  // and nobody closes it
  }
  figures.time("recover: open after a crash, 16 MiB", 1,
               [&] { const journal::Journal journal({.directory = folder.path}); });
  figures.time("read back, a click", static_cast<double>(count), [&] {
    journal::Reader reader(folder.path);
    journal::Position at;
    for (;;) {
      const journal::Batch batch = reader.read(at, 16'384);
      if (batch.clicks.empty() && batch.next == at) break;
      at = batch.next;
    }
  });
}

/// The same clicks in groups through SQLite, and its start with all of them in the log.
void compare_sqlite(Figures& figures, const std::vector<Click>& clicks) {
  const TemporaryFolder folder;
  const TemporaryFolder crashed;
  {
    const auto design = make_design("sqlite", {.folder = folder.path});
    for (std::size_t group = 0; group < 40; ++group) {
      for (std::size_t n = 0; n < kGroup; ++n) {
        Click click = clicks[n];
        click.id.value = static_cast<std::int64_t>(group * kGroup + n + 1);
        design->append(std::move(click), 0);
      }
      figures.time("SQLite: commit 64 rows, synced", 1, [&] { design->end_turn(); });
    }
    for (const char* name : {"clicks.db", "clicks.db-wal"})
      std::filesystem::copy_file(folder.path / name, crashed.path / name);
  }
  figures.time("SQLite: open after a crash, full log", 1, [&] {
    sqlite3* database = nullptr;
    sqlite3_open((crashed.path / "clicks.db").c_str(), &database);
    sqlite3_exec(database, "SELECT count(*) FROM clicks", nullptr, nullptr, nullptr);
    sqlite3_close(database);
  });
}

}  // namespace

void measure_parts(std::size_t rounds) {
  std::vector<Click> clicks = make_clicks(65'536);
  Figures figures;
  for (std::size_t round = 0; round < rounds; ++round) {
    journal::SegmentPacker packer(1, kSegmentBytes);
    figures.time("pack a click", 65'536, [&] {
      for (const Click& click : clicks) packer.add(click);
    });
    prepare_and_sync(figures, clicks);
    rotate(figures, clicks);
    recover(figures, clicks);
    compare_sqlite(figures, clicks);
  }
  figures.print();
}

}  // namespace candor::bench
