#include "models/store/file_io.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plimsoll::store {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kAnyRead = 0444, kAnyWrite = 0222, kPermissions = 07777;
constexpr std::int64_t kLargest = 1 << 30; // bytes; beyond any project within the limits of a project

std::string systemReason() {
    return std::generic_category().message(errno);
}

/// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_number >= 0) ::close(m_number);
    }
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

/// Removes the file unless it was renamed away.
class Temporary {
public:
    explicit Temporary(fs::path path) : m_path(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (!m_path.empty()) ::unlink(m_path.c_str());
    }
    void release() { m_path.clear(); }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

fs::path folderOf(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The file that is meant: behind symbolic links, where it exists or would be created.
fs::path target(const fs::path& path) {
    std::error_code failure;
    const fs::path resolved = fs::weakly_canonical(path, failure);
    return failure ? path : resolved;
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A name beside `path` that no other save uses: of this process or of another.
fs::path besideIt(const fs::path& path) {
    static std::atomic<unsigned> count{0};
    return folderOf(path) / fmt::format(".{}.{}-{}.tmp", path.filename().string(), ::getpid(), ++count);
}

} // namespace

std::expected<std::string, std::string> readFile(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0)
        return std::unexpected(errno == ENOENT ? "there is no such file" : "cannot be read: " + systemReason());
    if (S_ISDIR(status.st_mode)) return std::unexpected("is a directory");
    if (!S_ISREG(status.st_mode)) return std::unexpected("is not a regular file");
    if ((status.st_mode & kAnyRead) == 0) return std::unexpected("cannot be read: no permission");
    if (status.st_size > kLargest)
        return std::unexpected(fmt::format("is larger than {} bytes, and no project", kLargest));
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen()) return std::unexpected("cannot be read: " + systemReason());
    std::string bytes;
    char block[1 << 16];
    while (true) {
        const ssize_t count = ::read(file.number(), block, sizeof block);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return std::unexpected("cannot be read: " + systemReason());
        if (count == 0) return bytes;
        bytes.append(block, static_cast<std::size_t>(count));
        if (bytes.size() > static_cast<std::size_t>(kLargest)) return std::unexpected("grows while it is read");
    }
}

std::string whyNotWritable(const fs::path& named) {
    if (named.filename().empty()) return "is not the name of a file";
    const fs::path path = target(named);
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) return "is a directory";
        if (!S_ISREG(status.st_mode)) return "is not a regular file";
        if ((status.st_mode & kAnyWrite) == 0) return "is read-only";
        if (::access(path.c_str(), W_OK) != 0) return "cannot be written: " + systemReason();
    } else if (errno != ENOENT) {
        return "cannot be written: " + systemReason();
    }
    const fs::path folder = folderOf(path);
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return fmt::format("there is no folder {}", folder.string());
    if ((status.st_mode & kAnyWrite) == 0) return fmt::format("the folder {} is read-only", folder.string());
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fmt::format("the folder {} cannot be written: {}", folder.string(), systemReason());
    return {};
}

std::expected<void, std::string> replaceFile(const fs::path& named, std::string_view bytes) {
    const fs::path path = target(named);
    const auto failed = [] { return std::unexpected("cannot be written: " + systemReason()); };
    Temporary temporary(besideIt(path));
    {
        const Descriptor file(::open(temporary.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
        if (!file.isOpen()) {
            temporary.release(); // not ours
            return failed();
        }
        struct stat old{};
        if (::stat(path.c_str(), &old) == 0) {
            // The owner can be kept only by one who may give files away; the permissions always.
            if (::fchown(file.number(), old.st_uid, old.st_gid) != 0) errno = 0;
            if (::fchmod(file.number(), old.st_mode & kPermissions) != 0) return failed();
        }
        if (!writeAll(file.number(), bytes) || ::fsync(file.number()) != 0) return failed();
    }
    if (::rename(temporary.path().c_str(), path.c_str()) != 0) return failed();
    temporary.release();
    const Descriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen()) ::fsync(folder.number()); // some file systems cannot; the file itself is complete
    return {};
}

} // namespace plimsoll::store
