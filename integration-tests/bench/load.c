/*
 * An exact client: keeps CONCURRENCY connections open to 127.0.0.1:PORT until COUNT are over, and prints one JSON object with the latencies
 * in microseconds (connect to end of file) and the connections that were lost. One thread, epoll.
 *
 * Without BYTES the answer must begin with "ok". With BYTES each connection sends that many of its own, closes its sending side, and must get
 * back these very bytes and no others.
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
/* What a socket's buffers take at once, so that a connection is sent all in one call. */
#define MOST_BYTES 16384
#define STALL_MILLIS 15000

struct connection {
    double begun;
    unsigned number;
    int received;
    char differs, sends;
};

static struct connection connections[MOST_FDS];
static struct sockaddr_in server;
static int poller, bytes;
static double *latencies;
static int concurrency, count, started, done, lost;

static double micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* What stands at that place of that connection: neither two neighbours nor two connections have the same bytes. */
static unsigned char expected(unsigned number, int place) {
    if (!bytes)
        return place < 2 ? "ok"[place] : 0;
    return (unsigned char)(number * 31 + place * 7 + (place >> 8));
}

static void ended(int fd, int is_lost) {
    latencies[done++] = micros() - connections[fd].begun;
    lost += is_lost;
    close(fd);
}

/* One that is refused at once is over at once. */
static void connect_one(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0 || fd >= MOST_FDS)
        fail("socket");
    connections[fd] = (struct connection){.begun = micros(), .number = started++, .sends = bytes > 0};
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
        ended(fd, 1);
        return;
    }
    struct epoll_event event = {.events = bytes ? EPOLLOUT : EPOLLIN, .data.fd = fd};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) < 0)
        fail("epoll_ctl");
}

/* Whether all could be sent; afterwards the answer is waited for. */
static int send_all(int fd) {
    unsigned char text[MOST_BYTES];
    for (int i = 0; i < bytes; i++)
        text[i] = expected(connections[fd].number, i);
    if (send(fd, text, bytes, MSG_NOSIGNAL) != bytes || shutdown(fd, SHUT_WR) < 0)
        return 0;
    connections[fd].sends = 0;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event) == 0;
}

/* Whether the connection is over; an answer and its end may come in two events. */
static int is_over(int fd) {
    struct connection *one = &connections[fd];
    unsigned char text[4096];
    for (;;) {
        ssize_t got = read(fd, text, sizeof text);
        if (got <= 0)
            return got == 0 || errno != EAGAIN;
        for (ssize_t i = 0; i < got; i++, one->received++)
            if ((bytes || one->received < 2) && text[i] != expected(one->number, one->received))
                one->differs = 1;
    }
}

static int is_answered(int fd) {
    struct connection *one = &connections[fd];
    return !one->differs && (bytes ? one->received == bytes : one->received >= 2);
}

static void advance(int fd) {
    if (connections[fd].sends) {
        if (!send_all(fd))
            ended(fd, 1);
    } else if (is_over(fd)) {
        ended(fd, !is_answered(fd));
    }
}

static void fill_up(void) {
    while (started < count && started - done < concurrency)
        connect_one();
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
    if (argc < 4 || argc > 5 || (bytes = argc == 5 ? atoi(argv[4]) : 0) > MOST_BYTES) {
        fprintf(stderr, "usage: load PORT CONCURRENCY COUNT [BYTES]; BYTES at most %d\n", MOST_BYTES);
        return 100;
    }
    concurrency = atoi(argv[2]);
    count = atoi(argv[3]);
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(argv[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    latencies = calloc(count, sizeof *latencies);
    poller = epoll_create1(EPOLL_CLOEXEC);
    double start = micros();
    fill_up();
    while (done < count) {
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, STALL_MILLIS);
        if (ready <= 0) {
            lost += count - done;
            break;
        }
        for (int i = 0; i < ready; i++) {
            advance(events[i].data.fd);
            fill_up();
        }
    }
    double seconds = (micros() - start) / 1e6;
    qsort(latencies, done, sizeof *latencies, ascending);
    printf("{\"p50\": %.1f, \"p99\": %.1f, \"rate\": %.1f, \"lost\": %d}\n", done ? latencies[done / 2] : 0,
           done ? latencies[(int)(done * 0.99)] : 0, done / seconds, lost);
    return 0;
}
