// Makes calls of the system fail, for the program into which it is preloaded, on files with a part of a path.
//
// FAULTS       CALL:ERRNO:FIRST:COUNT, separated by commas: from the FIRST matching call (1 is the first), COUNT calls
//              fail (0 for all). CALL is one of the functions below; create opens the file before it fails, and size
//              does not fail but reports a length of 0, and short writes only the first half.
// FAULTS_PATH  The part of the path.
//
// The program itself can make calls fail at random, by the functions faults_seed, faults_odds, faults_done and
// faults_spare.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static struct { char call[16]; int error, first, count, seen; } faults[16];
static int number_of_faults = -1;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static struct { char call[16]; int error, per_million; long done; } odds[64];
static int number_of_odds;
static unsigned long long state = 1;
static __thread int is_spared;

void faults_seed(unsigned long long seed) { state = seed * 2862933555777941757ULL + 3037000493ULL; }

// From now on, the call fails with this error in so many of a million cases.
void faults_odds(const char *call, int error, int per_million) {
  pthread_mutex_lock(&gate);
  int i = 0;
  while (i < number_of_odds && (strcmp(odds[i].call, call) || odds[i].error != error)) i++;
  if (i == number_of_odds && i < 64) {
    number_of_odds++;
    strncpy(odds[i].call, call, sizeof odds[i].call - 1);
    odds[i].error = error;
  }
  if (i < 64) odds[i].per_million = per_million;
  pthread_mutex_unlock(&gate);
}

// How often the call has failed at random with this error.
long faults_done(const char *call, int error) {
  long done = 0;
  pthread_mutex_lock(&gate);
  for (int i = 0; i < number_of_odds; i++)
    if (!strcmp(odds[i].call, call) && odds[i].error == error) done = odds[i].done;
  pthread_mutex_unlock(&gate);
  return done;
}

// Whether the calls of this thread never fail at random.
void faults_spare(int yes) { is_spared = yes; }

// Called under the gate.
static int fails_at_random(const char *call) {
  for (int i = 0; i < number_of_odds && !is_spared; i++) {
    if (!odds[i].per_million || strcmp(odds[i].call, call)) continue;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    if ((int)((state >> 20) % 1000000) < odds[i].per_million) return odds[i].done++, odds[i].error;
  }
  return 0;
}

static int matches(const char *path) {
  const char *part = getenv("FAULTS_PATH");
  return part && path && strstr(path, part);
}

static int fails(const char *call, const char *path) {
  if (!matches(path)) return 0;
  int error = 0;
  pthread_mutex_lock(&gate);
  if (number_of_faults < 0) {
    number_of_faults = 0;
    for (const char *at = getenv("FAULTS"); at && *at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
      if (sscanf(at, "%15[^:]:%d:%d:%d", faults[number_of_faults].call, &faults[number_of_faults].error,
            &faults[number_of_faults].first, &faults[number_of_faults].count) == 4)
        number_of_faults++;
  }
  for (int i = 0; i < number_of_faults && !error; i++) {
    if (strcmp(faults[i].call, call)) continue;
    int n = ++faults[i].seen;
    if (n >= faults[i].first && (!faults[i].count || n < faults[i].first + faults[i].count)) error = faults[i].error;
  }
  if (!error) error = fails_at_random(call);
  pthread_mutex_unlock(&gate);
  return error;
}

static int fails_of(const char *call, int file) {
  char name[32], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  ssize_t length = readlink(name, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

// The same function has several names, by the size of its offsets and the age of the C library.
#define PWRITE(name) \
  ssize_t name(int file, const void *bytes, size_t length, off_t position) { \
    REAL(name); \
    if ((errno = fails_of("pwrite", file))) return -1; \
    if (length > 1 && fails_of("short", file)) length /= 2; \
    return real(file, bytes, length, position); \
  }
#define FTRUNCATE(name) \
  int name(int file, off_t length) { \
    REAL(name); \
    if ((errno = fails_of("ftruncate", file))) return -1; \
    return real(file, length); \
  }
#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list arguments; \
    va_start(arguments, flags); \
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0; \
    va_end(arguments); \
    if ((errno = fails("open", path))) return -1; \
    int error = flags & O_CREAT ? fails("create", path) : 0, file = real(path, flags, mode); \
    if (!error || file < 0) return file; \
    close(file); \
    errno = error; \
    return -1; \
  }
#define STAT(name, type) \
  int name(const char *path, type *result) { \
    static int (*real)(const char *, type *); \
    if (!real) real = (int (*)(const char *, type *))dlsym(RTLD_NEXT, #name); \
    int failed = real(path, result); \
    if (!failed && fails("size", path)) result->st_size = 0; \
    return failed; \
  }
#define XSTAT(name, type) \
  int name(int version, const char *path, type *result) { \
    static int (*real)(int, const char *, type *); \
    if (!real) real = (int (*)(int, const char *, type *))dlsym(RTLD_NEXT, #name); \
    int failed = real(version, path, result); \
    if (!failed && fails("size", path)) result->st_size = 0; \
    return failed; \
  }

int fsync(int file) {
  REAL(fsync);
  if ((errno = fails_of("fsync", file))) return -1;
  return real(file);
}

int close(int file) {
  REAL(close);
  int error = fails_of("close", file), result = real(file);
  if (!error) return result;
  errno = error;
  return -1;
}

PWRITE(pwrite)
PWRITE(pwrite64)
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)
OPEN(open)
OPEN(open64)
STAT(stat, struct stat)
STAT(stat64, struct stat64)
STAT(lstat, struct stat)
STAT(lstat64, struct stat64)
XSTAT(__xstat64, struct stat64)
XSTAT(__lxstat64, struct stat64)

// The runtime asks for functions of the C library itself; without a name, it finds those above first.
void *dlopen(const char *name, int flags) {
  static void *(*real)(const char *, int);
  if (!real) real = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
  return real(name && strstr(name, "libc.so.6") ? NULL : name, flags);
}
