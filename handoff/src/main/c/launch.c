/*
 * Makes a process as a launch plan describes it, in one stage and without the C library: what the JVM cannot do, since no Java code can
 * run between clone and exec. The JVM loads this as a shared object and calls activator_launch on the loop's thread. Beside it stands the
 * other thing that only C can do cheaply, a signal handler.
 *
 * The child shares the JVM's memory until it executes the program (CLONE_VM), so nothing is copied, but the caller does not wait for
 * it (no CLONE_VFORK): a program on a disk that hangs, or a child that somebody stops, holds up nobody. Everything that the child reads
 * lies in one block that belongs to it alone; what it writes is there too: `running`, which the kernel clears when the child has left
 * the memory by exec or exit (CLONE_CHILD_CLEARTID), and the stage and errno of a failure. See clone(2), close_range(2).
 *
 * struct launch is written by LaunchBlock.java; both must agree on its layout.
 */
typedef int s32;
typedef unsigned int u32;
typedef long s64;
typedef unsigned long u64;

_Static_assert(sizeof(void *) == 8, "64-bit only");

enum {
    SWITCH_IDS = 1, SET_GROUPS = 2, SET_UMASK = 4, SET_NICE = 8, BOUND = 16, SET_AMBIENT = 32, NO_NEW_PRIVILEGES = 64,
    IGNORE_SIGPIPE = 128, OPTIONAL_DIRECTORY = 256, SHARE_FILES = 512, WAIT_FOR_EXEC = 1024, WITH_PIDFD = 2048
};

/* Exit codes of systemd.exec(5); LaunchStage.java has the same. */
enum {
    CHDIR = 200, NICE = 201, FDS = 202, EXEC = 203, LIMITS = 205, OOM_ADJUST = 206, SIGNALS = 207, GROUP = 216, USER = 217,
    CAPABILITIES = 218, SESSION = 220, NO_NEW_PRIVS = 227
};

struct duplicate { s32 from, to; };
struct limit { u64 resource, soft, hard; };

struct launch {
    volatile s32 running;    /* 0: nothing of this block is needed any more */
    volatile s32 apart;      /* 1: the child has a descriptor table of its own */
    volatile s32 stage;      /* not 0: the stage that failed, and why */
    volatile s32 error;
    s32 pidfd;               /* out, WITH_PIDFD */
    s32 cgroup;              /* descriptor of its directory, -1: ours */
    u64 flags;
    const char *path;
    char **argv, **envp;
    const char *directory;
    struct duplicate *duplicates;
    u64 duplicate_count;
    u64 close_from;          /* after the duplicates */
    u64 table_size;          /* SHARE_FILES: descriptors from here on are not copied */
    struct limit *limits;
    u64 limit_count;
    char **pid_texts;        /* where ten digits of room wait for the pid, zeroed */
    u64 pid_text_count;
    const char *oom_score_adjust;
    u32 *groups;
    u64 group_count;
    u64 uid, gid, umask;
    s64 nice;
    u64 bounding, ambient;
    u64 ignored_signals;     /* bits of those that the JVM ignores and the child must not */
    char *stack_end;         /* the stack lies below */
    u64 stack_size;
    char *pidfd_text;        /* where twenty digits of room wait for the number of the process's pidfd, zeroed; none: 0 */
};

#if defined(__x86_64__)
enum {
    NR_openat = 257, NR_write = 1, NR_close = 3, NR_rt_sigaction = 13, NR_rt_sigprocmask = 14, NR_getpid = 39, NR_execve = 59,
    NR_fcntl = 72, NR_chdir = 80, NR_umask = 95, NR_setpriority = 141, NR_setsid = 112, NR_setgroups = 116, NR_setresuid = 117,
    NR_setresgid = 119, NR_capget = 125, NR_capset = 126, NR_prctl = 157, NR_exit_group = 231, NR_dup3 = 292, NR_prlimit64 = 302, NR_futex = 202,
    NR_nanosleep = 35, NR_clone3 = 435, NR_close_range = 436, NR_geteuid = 107, NR_pidfd_open = 434, NR_fstat = 5
};

static inline long call6(long n, long a, long b, long c, long d, long e, long f) {
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/* clone3 whose child, on its new stack, runs start(block) and never returns. */
static inline long clone3_into(void *arguments, u64 size, void (*start)(struct launch *), struct launch *block) {
    register void (*r8)(struct launch *) __asm__("r8") = start;
    register struct launch *r9 __asm__("r9") = block;
    long result;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "mov %%r9, %%rdi\n\t"
                     "call *%%r8\n\t"
                     "hlt\n"
                     "1:"
                     : "=a"(result)
                     : "a"((long) NR_clone3), "D"(arguments), "S"(size), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
#elif defined(__aarch64__)
enum {
    NR_openat = 56, NR_write = 64, NR_close = 57, NR_rt_sigaction = 134, NR_rt_sigprocmask = 135, NR_getpid = 172, NR_execve = 221,
    NR_fcntl = 25, NR_chdir = 49, NR_umask = 166, NR_setpriority = 140, NR_setsid = 157, NR_setgroups = 159, NR_setresuid = 147,
    NR_setresgid = 149, NR_capget = 90, NR_capset = 91, NR_prctl = 167, NR_exit_group = 94, NR_dup3 = 24, NR_prlimit64 = 261, NR_futex = 98,
    NR_nanosleep = 101, NR_clone3 = 435, NR_close_range = 436, NR_geteuid = 175, NR_pidfd_open = 434, NR_fstat = 80
};

static inline long call6(long n, long a, long b, long c, long d, long e, long f) {
    register long x8 __asm__("x8") = n;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
}

static inline long clone3_into(void *arguments, u64 size, void (*start)(struct launch *), struct launch *block) {
    register long x8 __asm__("x8") = NR_clone3;
    register void *x0 __asm__("x0") = arguments;
    register u64 x1 __asm__("x1") = size;
    register void (*x9)(struct launch *) __asm__("x9") = start;
    register struct launch *x10 __asm__("x10") = block;
    __asm__ volatile("svc 0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, x10\n\t"
                     "blr x9\n\t"
                     "brk 0\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x9), "r"(x10)
                     : "x30", "memory");
    return (long) x0;
}
#else
#error "x86-64 and aarch64 only"
#endif

#define call(n, a, b, c, d) call6(n, (long) (a), (long) (b), (long) (c), (long) (d), 0, 0)

enum {
    EAGAIN = 11, ENOMEM = 12, EACCES = 13, ETXTBSY = 26, ETIMEDOUT = 110,
    SIGPIPE = 13, SIG_SETMASK = 2, SIGNALS_SIZE = 8,
    F_SETFD = 2, AT_FDCWD = -100, O_WRONLY = 1,
    FUTEX_WAIT = 0, FUTEX_WAKE = 1,
    CLOSE_RANGE_UNSHARE = 2,
    PR_SET_KEEPCAPS = 8, PR_CAPBSET_DROP = 24, PR_SET_NO_NEW_PRIVS = 38, PR_CAP_AMBIENT = 47, PR_CAP_AMBIENT_RAISE = 2,
    CAPABILITIES_V3 = 0x20080522
};

struct kernel_sigaction {
    void *handler;
    u64 flags;
    void *restorer;
    u64 mask;
};

struct clone_arguments {
    u64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup;
};

#define CLONE_VM 0x100UL
#define CLONE_FILES 0x400UL
#define CLONE_PIDFD 0x1000UL
#define CLONE_VFORK 0x4000UL
#define CLONE_CHILD_CLEARTID 0x200000UL
#define CLONE_CLEAR_SIGHAND 0x100000000UL
#define CLONE_INTO_CGROUP 0x200000000UL
#define SIGCHLD 17

/* Whoever waits in activator_await_apart may go on. */
static void tell_apart(struct launch *l) {
    if (l->flags & SHARE_FILES) {
        l->apart = 1;
        call(NR_futex, &l->apart, FUTEX_WAKE, 1, 0);
    }
}

__attribute__((noreturn)) static void fail(struct launch *l, s32 stage, long result) {
    l->error = (s32) -result;
    l->stage = stage;
    tell_apart(l);
    for (;;) {
        call(NR_exit_group, stage, 0, 0, 0);
    }
}

static inline void must(struct launch *l, s32 stage, long result) {
    if (__builtin_expect(result < 0, 0)) {
        fail(l, stage, result);
    }
}

static void arrange_files(struct launch *l) {
    if (l->flags & SHARE_FILES) {
        /* From here on the table is ours, and holds only what is below that number: a copy of a table of thousands is what costs. */
        must(l, FDS, call(NR_close_range, l->table_size, 0xffffffffL, CLOSE_RANGE_UNSHARE, 0));
        tell_apart(l);
    }
    for (u64 i = 0; i < l->duplicate_count; i++) {
        struct duplicate *d = &l->duplicates[i];
        must(l, FDS, d->from == d->to ? call(NR_fcntl, d->from, F_SETFD, 0, 0) : call(NR_dup3, d->from, d->to, 0, 0));
    }
    must(l, FDS, call(NR_close_range, l->close_from, 0xffffffffL, 0, 0));
}

static void set_signals(struct launch *l) {
    /* CLONE_CLEAR_SIGHAND has reset what the JVM handles; what it ignores stays ignored until it is said otherwise. */
    struct kernel_sigaction action = {0};
    for (s32 signal = 1; signal <= 64; signal++) {
        if (l->ignored_signals >> (signal - 1) & 1) {
            must(l, SIGNALS, call(NR_rt_sigaction, signal, &action, 0, SIGNALS_SIZE));
        }
    }
    if (l->flags & IGNORE_SIGPIPE) {
        action.handler = (void *) 1;
        must(l, SIGNALS, call(NR_rt_sigaction, SIGPIPE, &action, 0, SIGNALS_SIZE));
    }
}

static void adjust_oom_score(struct launch *l) {
    if (!l->oom_score_adjust) {
        return;
    }
    u64 length = 0;
    while (l->oom_score_adjust[length]) {
        length++;
    }
    long fd = call(NR_openat, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY, 0);
    must(l, OOM_ADJUST, fd);
    must(l, OOM_ADJUST, call(NR_write, fd, l->oom_score_adjust, length, 0));
    call(NR_close, fd, 0, 0, 0);
}

static void set_capabilities(struct launch *l) {
    struct { u32 version; s32 pid; } header = {CAPABILITIES_V3, 0};
    struct { u32 effective, permitted, inheritable; } sets[2];
    s32 keeps_power = call(NR_geteuid, 0, 0, 0, 0) == 0;
    must(l, CAPABILITIES, call(NR_capget, &header, sets, 0, 0));
    for (s32 half = 0; half < 2; half++) {
        u32 wanted = (u32) (l->ambient >> (32 * half));
        sets[half].inheritable = wanted;
        if (!keeps_power) {
            sets[half].permitted = wanted;
            sets[half].effective = wanted;
        }
    }
    must(l, CAPABILITIES, call(NR_capset, &header, sets, 0, 0));
    for (s64 bit = 0; bit < 64; bit++) {
        if (l->ambient >> bit & 1) {
            must(l, CAPABILITIES, call6(NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, bit, 0, 0, 0));
        }
    }
}

static void switch_identity(struct launch *l) {
    if (l->flags & BOUND) {
        for (s64 bit = 0; bit < 64; bit++) {
            /* A capability that this kernel does not know ends the set. */
            if (!(l->bounding >> bit & 1) && call6(NR_prctl, PR_CAPBSET_DROP, bit, 0, 0, 0, 0) == -1) {
                fail(l, CAPABILITIES, -1);
            }
        }
    }
    if (l->flags & SET_AMBIENT) {
        must(l, CAPABILITIES, call6(NR_prctl, PR_SET_KEEPCAPS, 1, 0, 0, 0, 0));
    }
    if (l->flags & SET_GROUPS) {
        must(l, GROUP, call(NR_setgroups, l->group_count, l->groups, 0, 0));
    }
    if (l->flags & SWITCH_IDS) {
        must(l, GROUP, call(NR_setresgid, l->gid, l->gid, l->gid, 0));
        must(l, USER, call(NR_setresuid, l->uid, l->uid, l->uid, 0));
    }
    if (l->flags & SET_AMBIENT) {
        set_capabilities(l);
    }
    if (l->flags & NO_NEW_PRIVILEGES) {
        must(l, NO_NEW_PRIVS, call6(NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0));
    }
}

/* As ourselves first, then as the user, whom a network file system may know better. */
static long enter(struct launch *l, s32 is_last) {
    long result = call(NR_chdir, l->directory, 0, 0, 0);
    if (result < 0 && (is_last || result != -EACCES)) {
        if (!(l->flags & OPTIONAL_DIRECTORY)) {
            fail(l, CHDIR, result);
        }
        must(l, CHDIR, call(NR_chdir, "/", 0, 0, 0));
        return 0;
    }
    return result;
}

static void write_pids(struct launch *l) {
    char digits[12];
    s32 count = 0;
    for (u64 pid = (u64) call(NR_getpid, 0, 0, 0, 0); pid; pid /= 10) {
        digits[count++] = (char) ('0' + pid % 10);
    }
    for (u64 i = 0; i < l->pid_text_count; i++) {
        for (s32 k = 0; k < count; k++) {
            l->pid_texts[i][k] = digits[count - 1 - k];
        }
    }
}

/* The inode of the pidfd, which no other process of this boot has had. The descriptor is taken while no limit of the child's holds. */
static void write_pidfd_id(struct launch *l) {
    u64 status[32] = {0};    /* struct stat begins with the device and the inode, 64 bits each */
    char digits[20];
    s32 count = 0;
    if (!l->pidfd_text) {
        return;
    }
    long fd = call(NR_pidfd_open, call(NR_getpid, 0, 0, 0, 0), 0, 0, 0);
    must(l, EXEC, fd);
    must(l, EXEC, call(NR_fstat, fd, status, 0, 0));
    call(NR_close, fd, 0, 0, 0);
    for (u64 id = status[1]; id; id /= 10) {
        digits[count++] = (char) ('0' + id % 10);
    }
    for (s32 k = 0; k < count; k++) {
        l->pidfd_text[k] = digits[count - 1 - k];
    }
}

/* A file that a package manager is just writing, or a moment without memory, ends by itself: a second's patience, here, holds up nobody. */
static long execute(struct launch *l) {
    struct { s64 seconds, nanoseconds; } pause = {0, 10 * 1000 * 1000};
    for (s32 attempt = 0;; attempt++) {
        long result = call(NR_execve, l->path, l->argv, l->envp, 0);
        s32 passes = result == -ETXTBSY || result == -ENOMEM || result == -EAGAIN;
        if (!passes || attempt == 100 || (l->flags & WAIT_FOR_EXEC)) {
            return result;
        }
        call(NR_nanosleep, &pause, 0, 0, 0);
    }
}

__attribute__((noreturn, noinline, used)) static void child(struct launch *l) {
    arrange_files(l);
    write_pidfd_id(l);
    set_signals(l);
    must(l, SESSION, call(NR_setsid, 0, 0, 0, 0));
    if (l->flags & SET_UMASK) {
        call(NR_umask, l->umask, 0, 0, 0);
    }
    adjust_oom_score(l);
    if (l->flags & SET_NICE) {
        must(l, NICE, call(NR_setpriority, 0, 0, l->nice, 0));
    }
    for (u64 i = 0; i < l->limit_count; i++) {
        must(l, LIMITS, call(NR_prlimit64, 0, l->limits[i].resource, &l->limits[i].soft, 0));
    }
    long entered = enter(l, !(l->flags & SWITCH_IDS));
    switch_identity(l);
    if (entered < 0) {
        enter(l, 1);
    }
    write_pids(l);
    u64 none = 0;
    must(l, SIGNALS, call(NR_rt_sigprocmask, SIG_SETMASK, &none, 0, SIGNALS_SIZE));
    fail(l, EXEC, execute(l));
}

/*
 * Of a launch with SHARE_FILES: waits until the child has the descriptors that it needs, which is what it does first of all, unless its
 * cgroup is frozen. Whether it took them in time; one that did not is to be killed before they change.
 */
__attribute__((visibility("default"))) long activator_await_apart(struct launch *l) {
    struct { s64 seconds, nanoseconds; } patience = {1, 0};
    while (!l->apart && l->running) {
        if (call6(NR_futex, (long) &l->apart, FUTEX_WAIT, 0, (long) &patience, 0, 0) == -ETIMEDOUT) {
            return l->apart;
        }
    }
    return 1;
}

/*
 * The new process's pid, or the negated errno; its pidfd, if one was asked for, is in the block. The block must stay until `running` is 0. With SHARE_FILES
 * what the child needs of our descriptors must stay until activator_await_apart has returned; with WAIT_FOR_EXEC this returns when the child
 * has left the memory.
 */
__attribute__((visibility("default"))) long activator_launch(struct launch *l) {
    /* All but SIGCHLD, which no child minds; were it blocked, each exit of another would wake some thread that does not block it. */
    u64 most = ~(1UL << (SIGCHLD - 1)), before = 0;
    struct clone_arguments arguments = {
        .flags = CLONE_VM | CLONE_CHILD_CLEARTID | CLONE_CLEAR_SIGHAND,
        .child_tid = (u64) &l->running,
        .exit_signal = SIGCHLD,
        .stack = (u64) l->stack_end - l->stack_size,
        .stack_size = l->stack_size,
    };
    if (l->flags & WITH_PIDFD) {
        arguments.flags |= CLONE_PIDFD;
        arguments.pidfd = (u64) &l->pidfd;
    }
    if (l->flags & SHARE_FILES) {
        arguments.flags |= CLONE_FILES;
    }
    if (l->flags & WAIT_FOR_EXEC) {
        arguments.flags |= CLONE_VFORK;
    }
    if (l->cgroup >= 0) {
        arguments.flags |= CLONE_INTO_CGROUP;
        arguments.cgroup = (u64) l->cgroup;
    }
    l->running = 1;
    /* A signal that came before the child has its own dispositions would run the JVM's handler on the JVM's memory. */
    call(NR_rt_sigprocmask, SIG_SETMASK, &most, &before, SIGNALS_SIZE);
    long pid = clone3_into(&arguments, sizeof arguments, child, l);
    call(NR_rt_sigprocmask, SIG_SETMASK, &before, 0, SIGNALS_SIZE);
    if (pid < 0) {
        l->running = 0;
        return pid;
    }
    return pid;
}

/* What the handler of SIGCHLD writes to. */
static volatile s32 exits_fd = -1;

static void note_exit(s32 signal) {
    (void) signal;
    u64 one = 1;
    call(NR_write, exits_fd, &one, sizeof one, 0);
}

#if defined(__x86_64__)
enum { SA_RESTORER = 0x04000000 };

__attribute__((naked, used)) static void restore_from_signal(void) {
    __asm__ volatile("mov $15, %eax\n\tsyscall");
}
#endif

enum { SA_NOCLDSTOP = 1, SA_RESTART = 0x10000000 };

/*
 * Has the eventfd count every exit of a child, which costs a hundredth of what the JVM's own way does: it starts a thread for each
 * signal. 0, or the negated errno; -1 turns it off.
 */
__attribute__((visibility("default"))) long activator_count_exits(s32 eventfd) {
    struct kernel_sigaction action = {.handler = (void *) note_exit, .flags = SA_NOCLDSTOP | SA_RESTART};
#if defined(__x86_64__)
    action.flags |= SA_RESTORER;
    action.restorer = (void *) restore_from_signal;
#endif
    if (eventfd < 0) {
        action.handler = 0;
    }
    exits_fd = eventfd;
    return call(NR_rt_sigaction, SIGCHLD, &action, 0, SIGNALS_SIZE);
}
