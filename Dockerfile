# docker build -t iip-forecast . && docker run --rm -v "$PWD:/office" iip-forecast run question.yaml
FROM python:3.13-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
# The versions of the lock; X-13 and workbooks are in.
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    --mount=type=bind,source=requirements/lock.txt,target=/lock.txt \
    pip install --no-cache-dir --constraint /lock.txt "$(echo /wheels/*.whl)[excel,x13]" \
    && useradd --create-home --uid 1000 planner \
    && install --directory --owner planner /office
USER 1000
# Charts keep their fonts' cache where the user may write.
ENV MPLCONFIGDIR=/home/planner/.cache/matplotlib
WORKDIR /office
ENTRYPOINT ["forecast"]
CMD ["demo"]
