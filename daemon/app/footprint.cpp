// SPDX-License-Identifier: GPL-2.0-or-later
// Asks the C library and the kernel; where they know of no such thing, nothing is done.
#include "app/footprint.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace gpiobroker::app {
namespace {

/// Whether nothing was ever written to it in memory, so that the file has all of it.
bool is_read_only(const ElfW(Phdr) & part) {
  return part.p_type == PT_LOAD && (part.p_flags & PF_W) == 0;
}

int unmap_pages(dl_phdr_info* object, std::size_t /*size*/, void* /*data*/) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  for (const ElfW(Phdr) & part : std::span(object->dlpi_phdr, object->dlpi_phnum)) {
    if (!is_read_only(part)) continue;
    const std::uintptr_t start = (object->dlpi_addr + part.p_vaddr) & ~(page - 1);
    const std::uintptr_t end = object->dlpi_addr + part.p_vaddr + part.p_memsz;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): an address is what the loader gives
    std::ignore = madvise(reinterpret_cast<void*>(start), end - start, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

/// A message may have 32 MiB. The C library would keep as much in hand once it had to do with one;
/// what is large is to go back to the system, which counts it against what the service may have.
/// The threads that call chips share one heap, where the C library would give each its own.
void be_sparing_with_memory() {
#ifdef M_MMAP_THRESHOLD
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 128 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
#endif
}

void give_back_memory() {
#ifdef M_TRIM_THRESHOLD
  malloc_trim(0);
#endif
  dl_iterate_phdr(unmap_pages, nullptr);
}

}  // namespace gpiobroker::app
