#pragma once
// The answer of a function whose input may be bad in ways we expect: a value, or an error that says
// what and where.
#include <expected>

namespace candor {
template <class T, class E>
using Result = std::expected<T, E>;
}  // namespace candor
