#include "redirect/huge_pages.h"

#include <sys/mman.h>

#include <new>

namespace candor::redirect {
namespace {

constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

class HugePages final : public std::pmr::memory_resource {
  static bool is_large(std::size_t bytes) { return bytes >= kHugePageBytes; }

  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (!is_large(bytes)) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    void* const at =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) throw std::bad_alloc();
    ::madvise(at, bytes, MADV_HUGEPAGE);  // a wish: without it everything works, only slower
    return at;
  }
  void do_deallocate(void* at, std::size_t bytes, std::size_t alignment) override {
    if (!is_large(bytes)) return std::pmr::new_delete_resource()->deallocate(at, bytes, alignment);
    ::munmap(at, bytes);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

std::pmr::memory_resource* huge_pages() {
  static HugePages pages;
  return &pages;
}

}  // namespace candor::redirect
