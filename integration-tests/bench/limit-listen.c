/* The yardstick for a listener that is handed over: waits until somebody is in the queue, starts the program with it as descriptor 3, waits for its end. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: limit-listen PORT PROGRAM [ARGUMENT...]\n");
        return 100;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) {
        perror("limit-listen");
        return 111;
    }
    if (listener != 3 && (dup2(listener, 3) < 0 || close(listener) < 0)) {
        perror("limit-listen");
        return 111;
    }
    for (;;) {
        struct pollfd queue = {.fd = 3, .events = POLLIN};
        if (poll(&queue, 1, -1) <= 0)
            continue;
        pid_t child = vfork();
        if (child == 0) {
            /* A service that goes on must not outlive the run. */
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            execv(argv[2], argv + 2);
            _exit(127);
        }
        waitpid(child, NULL, 0);
    }
}
