// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobrokerd: hands out leases on GPIO lines over D-Bus and resets the lines of who is gone.
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <tuple>

#include <malloc.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/account_lookup.h"
#include "app/daemon.h"
#include "app/journal.h"
#include "app/options.h"

namespace {

/// Whoever went on from the middle of a grant would leave a line driven that nobody has. What died
/// here is reset by whoever comes next, who knows it from the ledger.
void end_without_memory() {
  constexpr std::string_view kWords = "out of memory: lines are reset by gpiobroker-reset\n";
  std::ignore = write(STDERR_FILENO, kWords.data(), kWords.size());
  _exit(EXIT_FAILURE);
}

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

}  // namespace

int main(int argc, char** argv) {
  using namespace gpiobroker::app;
  if (argc == 2 && std::string_view(argv[1]) == kAnswerAccounts) return answer_accounts();
  const Options options = parse_options(argc, argv);
  set_up_log(options.verbose);
  std::set_new_handler(end_without_memory);
  be_sparing_with_memory();
  try {
    return Daemon(options).run();
  } catch (const std::exception& fault) {
    spdlog::critical("{}", fault.what());
    return EXIT_FAILURE;
  }
}
