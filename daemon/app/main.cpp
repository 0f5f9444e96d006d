// SPDX-License-Identifier: GPL-2.0-or-later
// gpiobrokerd: hands out leases on GPIO lines over D-Bus and resets the lines of who is gone.
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <tuple>

#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/account_lookup.h"
#include "app/daemon.h"
#include "app/footprint.h"
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

}  // namespace

int main(int argc, char** argv) {
  using namespace gpiobroker::app;
  if (argc == 2 && std::string_view(argv[1]) == kAnswerAccounts) return answer_accounts();
  const Options options = parse_options(argc, argv);
  set_up_log(options.verbose);
  std::set_new_handler(end_without_memory);
  be_sparing_with_memory();
  try {
    Daemon daemon(options);
    give_back_memory();
    return daemon.run();
  } catch (const std::exception& fault) {
    spdlog::critical("{}", fault.what());
    return EXIT_FAILURE;
  }
}
