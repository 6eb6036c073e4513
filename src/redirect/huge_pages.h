#pragma once
// Memory for tables that are looked into at random: in huge pages where the system has them, so
// that a look waits for its data only and not for page tables as well.
#include <memory_resource>

namespace candor::redirect {

/// Callable from any thread; it has no state.
std::pmr::memory_resource* huge_pages();

}  // namespace candor::redirect
