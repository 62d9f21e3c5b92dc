// work WORK COUNT DIRECTORY: runs a workload with tensorboard_logger and prints its duration in seconds.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tensorboard_logger.h"

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    const std::string work = argv[1], file = std::string(argv[3]) + "/tfevents.peer";
    const int count = std::atoi(argv[2]);
    std::vector<std::string> tags;
    for (int i = 0; i < 20; i++) tags.push_back("loss/tag" + std::string(i < 10 ? "0" : "") + std::to_string(i));
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(-1, 1);
    std::vector<float> values(100000);
    for (float &value : values) value = uniform(random);

    const auto start = std::chrono::steady_clock::now();
    {
        TensorBoardLogger logger(file);
        for (int i = 0; i < count; i++) {
            if (work == "scalars")
                logger.add_scalar(tags[i % 20], i, i * 0.5f);
            else
                logger.add_histogram("weights", i, values);
        }
    }
    std::printf("%.9f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}
