/* Fetches the first socket of a unit by its name and greets whoever connects. cc -o fetch fetch.c; fetch /run/activator/fetch.sock web.socket */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv) {
    struct sockaddr_un server = {.sun_family = AF_UNIX};
    union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; } control;
    char text[512] = "";
    struct iovec vector = {text, sizeof text - 1};
    struct msghdr answer = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    int client, listener, connection = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    if (argc != 3 || strlen(argv[1]) >= sizeof server.sun_path) return fprintf(stderr, "usage: fetch SOCKET UNIT\n"), 100;
    strcpy(server.sun_path, argv[1]);
    if (connect(connection, (struct sockaddr *)&server, sizeof server) || send(connection, argv[2], strlen(argv[2]), 0) < 0) return perror(argv[1]), 111;
    if (recvmsg(connection, &answer, 0) <= 0 || !CMSG_FIRSTHDR(&answer)) return fprintf(stderr, "fetch: %s", text), 111;
    memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&answer)), sizeof listener);
    while ((client = accept(listener, 0, 0)) >= 0) {
        dprintf(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello from C, pid %d\n", getpid());
        shutdown(client, SHUT_WR);
        while (recv(client, text, sizeof text, 0) > 0); /* what is not read when it is closed would cost the answer */
        close(client);
    }
    return perror("accept"), 111;
}
