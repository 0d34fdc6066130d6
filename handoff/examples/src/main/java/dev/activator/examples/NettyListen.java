package dev.activator.examples;

import dev.activator.service.ListenFd;
import dev.activator.service.ListenFds;
import dev.activator.service.SdNotify;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;

/** Netty's epoll transport at two named listeners, which it takes by their numbers. */
final class NettyListen {
    private NettyListen() {}

    public static void main(String[] args) throws IOException {
        ListenFds sockets = ListenFds.inherited();
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        for (String name : new String[] {"http", "admin"}) {
            ListenFd socket = sockets.require(name);
            new ServerBootstrap()
                    .group(group)
                    .channelFactory(() -> new EpollServerSocketChannel(socket.number()))
                    .childHandler(new NettyHttp(name))
                    .register()
                    .syncUninterruptibly();
        }
        SdNotify.ofEnvironment().ready("serving at http and admin");
    }
}
