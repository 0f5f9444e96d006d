// SPDX-License-Identifier: GPL-2.0-or-later
// Start, and what /proc says of the daemon.
#include "harness/daemon_process.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <tuple>

#include <sys/stat.h>

#include "harness/eventually.h"

namespace gpiobroker::test {
namespace {

constexpr const char* kNotifySocket = "notify";
constexpr const char* kLog = "log";

std::string write_configuration(const std::string& text, const TemporaryFolder& folder) {
  std::ofstream(folder.file("config.new")) << text;
  std::filesystem::rename(folder.file("config.new"), folder.file("config.json"));
  return folder.file("");
}

/// A folder that the daemon's user may write to.
std::string own_state(const TemporaryFolder& folder, const DaemonProcess::Options& options) {
  const std::string state = folder.file("state");
  checked(mkdir(state.c_str(), 0700), "mkdir");
  if (options.user) checked(chown(state.c_str(), *options.user, *options.user), "chown");
  return state;
}

Program daemon_program(const DaemonProcess::Options& options, const TemporaryFolder& folder,
                       const FileDescriptor& log) {
  Program program{.command = options.wrapper,
                  .environment = {"NOTIFY_SOCKET=" + folder.file(kNotifySocket)},
                  .user = options.user,
                  .streams = {.in = -1, .out = -1, .err = log.get()}};
  program.command.push_back(program_beside("gpiobrokerd"));
  const std::string state = options.state.empty() ? own_state(folder, options) : options.state;
  program.command.insert(
      program.command.end(),
      {"--state", state, "--config", write_configuration(options.configuration, folder)});
  program.command.insert(program.command.end(), options.arguments.begin(), options.arguments.end());
  return program;
}

FileDescriptor open_log(const TemporaryFolder& folder) {
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  return FileDescriptor(checked(open(folder.file(kLog).c_str(), flags, 0600), "open"));
}

}  // namespace

DaemonProcess::DaemonProcess(const Options& options)
    : notify_socket_(folder_.file(kNotifySocket)),
      process_(daemon_program(options, folder_, open_log(folder_))) {}

DaemonProcess::~DaemonProcess() {
  if (std::getenv("GPIOBROKER_TEST_GENTLE_END") == nullptr || process_.has_ended()) return;
  process_.signal(SIGTERM);
  process_.signal(SIGCONT);
  std::ignore = eventually([this] { return process_.has_ended(); });
}

void DaemonProcess::wait_until_ready() {
  bool ready = false;
  const bool decided = eventually([&] {
    ready = notify_socket_.has_heard("READY=1");
    return ready || process_.has_ended();
  });
  if (!decided) throw std::runtime_error("gpiobrokerd does not become ready: " + log());
  if (!ready) throw std::runtime_error("gpiobrokerd ended: " + log());
}

void DaemonProcess::configure(const std::string& text) const {
  write_configuration(text, folder_);
}

ProcessEnd DaemonProcess::terminate() {
  process_.signal(SIGTERM);
  return process_.wait();
}

std::string DaemonProcess::log() const {
  std::ifstream file(folder_.file(kLog));
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t DaemonProcess::open_file_count() const {
  const std::filesystem::directory_iterator files("/proc/" + std::to_string(process_.pid()) +
                                                  "/fd");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

std::size_t DaemonProcess::resident_bytes() const {
  // The second number of proc_pid_statm(5), in pages.
  std::ifstream file("/proc/" + std::to_string(process_.pid()) + "/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace gpiobroker::test
