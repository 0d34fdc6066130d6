/*
 * A service that answers "ok" to whoever connects: on the listener that it is handed as descriptor 3, or, with a port, on one of its own.
 * usage: serve COUNT [DELAY_MILLIS [PORT]]; COUNT 0 goes on for ever, another number ends after so many clients.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int count = argc > 1 ? atoi(argv[1]) : 0, delay = argc > 2 ? atoi(argv[2]) : 0, port = argc > 3 ? atoi(argv[3]) : 0, listener = 3;
    if (port) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int on = 1;
        listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) {
            perror("serve");
            return 111;
        }
    }
    usleep(delay * 1000);
    for (int served = 0; count == 0 || served < count; served++) {
        int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        if (write(client, "ok\n", 3) < 0)
            perror("serve");
        close(client);
    }
    return 0;
}
