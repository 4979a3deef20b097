"""Where a Chinese line must not break: inside a word of ours, before what leans on the word, between a number and what
it counts.

Chinese is written without spaces, and a line may break between any two characters; readers stumble when that cuts a
term in two. The words are those of our messages and lesson titles. A word that is not listed can still be cut.
"""

from __future__ import annotations

import re

JOINER = "\N{WORD JOINER}"
"""Keeps its neighbours on one line; has no width and no ink."""

_LISTED = """
每一格 每一个 每一步 逐点卷积 最大池化 平均池化 卷积核 特征图 感受野 空洞率 滤波器 互相关 输入格 输出格 一部分
逐通道 逐点 可分离 最大值 平均值 反射 复制 循环 补零 卷积 转置 空洞 池化 填充 步幅 通道 图块 偏置 输入 输出
乘积 权重 矩阵 窗口 单元 网络 分组 下标 胜出 尺寸 数值 取值 元素 格子 边缘 边长 边界 路径 锥体 印章 图像
颜色 亮度 亮点 条纹 斜线 照片 平面 行列 四周 四边 扫描 扫过 滑动 滑过 滑到 相乘 相加 求和 累加 乘以 乘法
读取 读到 看到 得到 变成 变大 变小 放大 减半 展平 折回 落下 落成 落脚 盖住 覆盖 填满 堆叠 排布 重叠 重复
翻转 旋转 镜像 延长 裁掉 插入 隔开 碰到 越界 出界 回溯 还原 对应 保持 大小 等大 不变 相同 不同 多少 多大
多出 余下 其余 其中 全部 各自 逐步 逐层 逐格 依次 层层 一步 一格 一圈 一行 一列 一条 一张 一片 一块 一层
一次 一样 一路 一项 一并 两者 两个 三个 同一 每个 每张 每格 每行 每步 每次 什么 哪里 如何 任何 任意 这里
自己 它们 只有 没有 还有 以及 因此 所以 因为 如果 就是 成为 及其 之间 之后 之外 之和 位置 方向 中心 顺序
实际 公式 设置 模式 约定 独立 浮现 汇总 平均 平滑 相邻 附近 向上 向下 取整 计入 略去 无法 无需 明白 看懂
找到 寻找 本课 动画 卡片 副本 说明 来自 从未 真正 起来 越来越 第一 一个 一种 一组 一览 一起 一直 一叠
一小部分 不会 两种 两端 个数 中间 从不 代入 优先 信号 倍数 偶数 像素 共有 其他 再加 写出 决定 几个 几张 分享
分支 分量 刻度 前后 加权 包含 十字 半个 半圈 单位 原来 参数 变化 另一侧 只能 各填 各项 同一个 同样 同理 响应
回来 地方 增加 增长 处处 多份 字节 完成 对数 对齐 层数 开始 恒等 情形 所在 所有 指南 接着 接续 数字 数起
整个 方式 方法 无穷 普通 曲线 最先 最后 最大 最强 有效 未知 标准差 梯度 次数 此时 殊途同归 每种 比例 比较
沿着 沿行 深处 深层 深度 混合 激活 照亮 画布 留下 盖印 相接 相比 相等 相隔 空白 第一个 第一张 第一步 等于
等效 算出 算术 粉色 索引 累积 绝对值 绿色 而是 舍去 节点 苹果 范围 虚线 行号 列号 表示 裁剪 视为 跨度 边上
边框 这个 逐一 部分 采用 铺开 间隔 除以 除数 随后 集中 面积
"""

_HAN = "\u4e00-\u9fff"
_WORD = re.compile("|".join(sorted(_LISTED.split(), key=len, reverse=True)))
_LEANING = re.compile(f"(?<=[{_HAN}])(?=[的了着们])")
_COUNTED = re.compile(f"第 [0-9]+ [{_HAN}]|[0-9] [{_HAN}]")


def keep_words(text: str) -> str:
    """`text` with a joiner wherever its line must not break, to be set and never to be shown as text.

    >>> keep_words("卷积核的填充").split(JOINER)
    ['卷', '积', '核', '的填', '充']
    """
    text = _WORD.sub(lambda word: JOINER.join(word.group()), text)
    text = _LEANING.sub(JOINER, text)
    return _COUNTED.sub(lambda count: count.group().replace(" ", "\N{NO-BREAK SPACE}"), text)
