/*
 * An exact client: keeps CONCURRENCY connections open to 127.0.0.1:PORT until COUNT have been answered, and prints one JSON object with
 * the latencies in microseconds (connect to end of file) and the connections that were not answered. One thread, epoll.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 65536
#define STALL_MILLIS 15000

static double begun[MOST_FDS];
static char answered[MOST_FDS];
static struct sockaddr_in server;
static int poller;

static double micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void connect_one(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0 || fd >= MOST_FDS)
        fail("socket");
    begun[fd] = micros();
    answered[fd] = 0;
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS)
        fail("connect");
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) < 0)
        fail("epoll_ctl");
}

/* Whether the connection is over; an answer and its end may come in two events. */
static int is_over(int fd) {
    char bytes[4096];
    for (;;) {
        ssize_t got = read(fd, bytes, sizeof bytes);
        if (got > 0)
            answered[fd] = 1;
        else
            return got == 0 || errno != EAGAIN;
    }
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: load PORT CONCURRENCY COUNT\n");
        return 100;
    }
    int concurrency = atoi(argv[2]), count = atoi(argv[3]), started = 0, done = 0, lost = 0;
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(argv[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    double *latencies = calloc(count, sizeof *latencies);
    poller = epoll_create1(EPOLL_CLOEXEC);
    double start = micros();
    for (; started < concurrency && started < count; started++)
        connect_one();
    while (done < count) {
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, STALL_MILLIS);
        if (ready <= 0) {
            lost += count - done;
            break;
        }
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (!is_over(fd))
                continue;
            lost += !answered[fd];
            latencies[done++] = micros() - begun[fd];
            close(fd);
            if (started < count) {
                connect_one();
                started++;
            }
        }
    }
    double seconds = (micros() - start) / 1e6;
    qsort(latencies, done, sizeof *latencies, ascending);
    printf("{\"p50\": %.1f, \"p99\": %.1f, \"rate\": %.1f, \"lost\": %d}\n", done ? latencies[done / 2] : 0,
           done ? latencies[(int)(done * 0.99)] : 0, done / seconds, lost);
    return 0;
}
