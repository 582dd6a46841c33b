// Cloud lists what a company has in two clouds. It speaks no API 2.0. It is here for its imports: several hundred
// packages without a response.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	ctx := context.Background()
	if err := tables(ctx); err != nil {
		log.Fatal(err)
	}
	if err := pods(ctx, os.Getenv("KUBECONFIG")); err != nil {
		log.Fatal(err)
	}
}

// tables prints how much each owner stores and queues.
func tables(ctx context.Context) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	caller, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
	if err != nil {
		return err
	}
	buckets, err := s3.NewFromConfig(cfg).ListBuckets(ctx, nil)
	if err != nil {
		return err
	}
	tables, err := dynamodb.NewFromConfig(cfg).ListTables(ctx, nil)
	if err != nil {
		return err
	}
	queues, err := sqs.NewFromConfig(cfg).ListQueues(ctx, nil)
	if err != nil {
		return err
	}
	fmt.Println(*caller.Arn, len(buckets.Buckets), len(tables.TableNames), len(queues.QueueUrls))
	return nil
}

// pods prints the names of the pods of a cluster.
func pods(ctx context.Context, kubeconfig string) error {
	cfg, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	clients, err := kubernetes.NewForConfig(cfg)
	if err != nil {
		return err
	}
	list, err := clients.CoreV1().Pods(metav1.NamespaceAll).List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for _, pod := range list.Items {
		fmt.Println(pod.Namespace, pod.Name)
	}
	return nil
}
