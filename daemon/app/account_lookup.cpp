// SPDX-License-Identifier: GPL-2.0-or-later
// Questions and answers are files in memory: whoever writes or reads them never waits for the
// other.
#include "app/account_lookup.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iterator>
#include <string>
#include <system_error>
#include <tuple>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gpiobroker::app {
namespace {

/// For functions that return -1 and set errno.
int checked(int result, const char* what) {
  return loop::checked(result < 0 ? -errno : result, what);
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    text.remove_prefix(static_cast<std::size_t>(checked(static_cast<int>(count), "cannot write")));
  }
}

/// Whatever has been written, wherever the writer is.
std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const ssize_t count = pread(fd, part.data(), part.size(), static_cast<off_t>(text.size()));
    if (count <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

int make_file(const char* name, std::string_view text = {}) {
  const int fd = checked(memfd_create(name, MFD_CLOEXEC), "cannot make a file in memory");
  write_all(fd, text);
  lseek(fd, 0, SEEK_SET);
  return fd;
}

/// What a child is born with: the two files, and none of the signals that the broker has blocked.
class Birth {
 public:
  Birth(int in, int out) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_adddup2(&files_, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files_, out, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  Birth(const Birth&) = delete;
  Birth& operator=(const Birth&) = delete;
  ~Birth() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }

  [[nodiscard]] pid_t give() const {
    std::string name = "gpiobrokerd";
    std::string argument = kAnswerAccounts;
    const std::array<char*, 3> arguments{name.data(), argument.data(), nullptr};
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, "/proc/self/exe", &files_, &attributes_, arguments.data(), environ);
    loop::checked(-error, "cannot start a process");
    return pid;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

/// Those that were killed before are reaped with the next one: who waited for their end might wait
/// for what they hang in.
void reap() {
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

int start(int in, int out) {
  reap();
  const pid_t pid = Birth(in, out).give();
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (fd < 0) ::kill(pid, SIGKILL);
  return checked(fd, "cannot watch a process");
}

constexpr const char* kNoAnswer = "the system's name services do not answer";

}  // namespace

AccountLookup::AccountLookup(loop::EventLoop& loop, config::KnownAccounts wanted,
                             std::function<void()> over)
    : wanted_(std::move(wanted)),
      questions_(make_file("questions", config::to_questions(wanted_))),
      answers_(make_file("answers")),
      process_(start(questions_.get(), answers_.get())),
      end_(loop, process_.get(), loop::EndWatch::Of::process, std::move(over)) {}

AccountLookup::~AccountLookup() {
  syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0);
  reap();
}

bool AccountLookup::wait(std::chrono::milliseconds limit) const {
  pollfd end{.fd = process_.get(), .events = POLLIN, .revents = 0};
  return poll(&end, 1, static_cast<int>(limit.count())) > 0;
}

config::KnownAccounts AccountLookup::found() const {
  return config::answered(wanted_, read_all(answers_.get()), kNoAnswer);
}

int answer_accounts() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "gpiobroker-name");
  const std::string text = read_all(STDIN_FILENO);
  const config::Accounts accounts = config::system_accounts();
  for (std::string_view rest = text; !rest.empty();) {
    write_all(STDOUT_FILENO, config::answer(config::next_part(rest), accounts));
  }
  return EXIT_SUCCESS;
}

}  // namespace gpiobroker::app
