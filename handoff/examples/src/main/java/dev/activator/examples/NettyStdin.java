package dev.activator.examples;

import dev.activator.service.SdNotify;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/** Netty's NIO transport with the one listener that is its standard input; the JDK alone is enough for that. */
final class NettyStdin {
    private NettyStdin() {}

    public static void main(String[] args) throws IOException {
        if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
            throw new IOException("standard input is no listener: this wants StandardInput=socket");
        }
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channelFactory(() -> new NioServerSocketChannel(listener))
                .childHandler(new NettyHttp("standard input"))
                .register()
                .syncUninterruptibly();
        SdNotify.ofEnvironment().ready();
    }
}
