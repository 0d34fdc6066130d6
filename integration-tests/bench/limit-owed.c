/*
 * The yardstick with all that a super-server owes each connection, and still no super-server: the limit's loop, but that it does not wait
 * for the child's exec, starts it in a session and a cgroup of its own with only its three descriptors and default signals, asks who the
 * client is, and collects how it ended. What is left of the distance between this and the limit is the price of these promises; what is
 * between this and activator is the price of everything else.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than children share our memory at once. */
#define STACKS 256
#define STACK_SIZE 16384
#define CGROUPS 32

static char stacks[STACKS][STACK_SIZE] __attribute__((aligned(16)));
static char **program;
static int cgroups[CGROUPS];

__attribute__((noreturn, noinline, used)) static void child(long at) {
    sigset_t none;
    sigemptyset(&none);
    setsid();
    for (int target = 0; target < 3; target++)
        dup2((int)at, target);
    syscall(SYS_close_range, 3, ~0U, 0);
    if (chdir("/") == 0 && sigprocmask(SIG_SETMASK, &none, NULL) == 0)
        execv(program[0], program);
    for (;;)
        _exit(127);
}

/* clone3 whose child runs child(at) on a stack of its own; the caller goes on at once. */
static long launch(struct clone_args *arguments, long at) {
    long result;
#if defined __x86_64__
    register long r8 __asm__("r8") = (long)child;
    register long r9 __asm__("r9") = at;
    __asm__ volatile("syscall\n\ttest %%rax, %%rax\n\tjnz 1f\n\txor %%ebp, %%ebp\n\tmov %%r9, %%rdi\n\tcall *%%r8\n\thlt\n1:"
                     : "=a"(result)
                     : "a"(SYS_clone3), "D"(arguments), "S"(sizeof *arguments), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
#elif defined __aarch64__
    register long x8 __asm__("x8") = SYS_clone3;
    register long x0 __asm__("x0") = (long)arguments;
    register long x1 __asm__("x1") = sizeof *arguments;
    register long x9 __asm__("x9") = (long)child;
    register long x10 __asm__("x10") = at;
    __asm__ volatile("svc 0\n\tcbnz x0, 1f\n\tmov x29, xzr\n\tmov x0, x10\n\tblr x9\n\tbrk 0\n1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x9), "r"(x10)
                     : "x30", "memory");
    result = x0;
#endif
    return result;
}

/* Descriptors of cgroups that connections take by turns; none where DIRECTORY is "-". */
static int make_cgroups(const char *directory) {
    char path[4096];
    for (int i = 0; i < CGROUPS && strcmp(directory, "-"); i++) {
        snprintf(path, sizeof path, "%s/%d", directory, i);
        mkdir(path, 0755);
        cgroups[i] = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (cgroups[i] < 0) {
            perror(path);
            exit(111);
        }
    }
    return strcmp(directory, "-") != 0;
}

static void collect(void) {
    struct rusage usage;
    int status;
    while (wait4(-1, &status, WNOHANG, &usage) > 0)
        continue;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: limit-owed PORT CGROUP PROGRAM [ARGUMENT...]\n");
        return 100;
    }
    program = argv + 3;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) {
        perror("limit-owed");
        return 111;
    }
    int has_cgroups = make_cgroups(argv[2]);
    sigset_t all, before;
    sigfillset(&all);
    for (unsigned number = 0;; number++) {
        struct sockaddr_in client;
        socklen_t length = sizeof client;
        int connection = accept4(listener, (struct sockaddr *)&client, &length, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        struct clone_args arguments = {
            .flags = CLONE_VM | CLONE_CLEAR_SIGHAND | (has_cgroups ? CLONE_INTO_CGROUP : 0),
            .exit_signal = SIGCHLD,
            .stack = (unsigned long)stacks[number % STACKS],
            .stack_size = STACK_SIZE,
            .cgroup = has_cgroups ? cgroups[number % CGROUPS] : 0,
        };
        sigprocmask(SIG_SETMASK, &all, &before);
        if (launch(&arguments, connection) < 0)
            perror("clone3");
        sigprocmask(SIG_SETMASK, &before, NULL);
        close(connection);
        collect();
    }
}
